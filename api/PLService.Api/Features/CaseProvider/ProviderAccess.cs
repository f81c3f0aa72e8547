using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.CaseProvider;

/// <summary>Who reads what: a token that is no good is refused, rather than answered as if there were none.</summary>
internal static class ProviderAccess
{
    public static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var caller = context.RequestServices.GetRequiredService<Caller>();
        context.Response.Headers.CacheControl = caller.IsKnown ? "private, no-cache" : "no-cache";
        context.Response.Headers.Vary = "Authorization";
        if (caller.IsKnown)
        {
            return context.User.HasClaim(Principals.ScopeClaim, Scopes.StandardsRead)
                ? await next(invocation)
                : CaseStatus.Result(StatusCodes.Status403Forbidden, $"Reading frameworks needs the scope {Scopes.StandardsRead}, which the token does not have. Without a token the catalog can be read.");
        }

        if (context.Request.Headers.Authorization.Count == 0)
            return await next(invocation);
        if (context.Features.Get<TokenRefusal>() is { } refusal)
        {
            if (refusal.Status == StatusCodes.Status503ServiceUnavailable)
                context.Response.Headers.RetryAfter = $"{TokenRefusal.RetryAfterSeconds}";
            return CaseStatus.Result(refusal.Status, refusal.Detail);
        }

        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"plservice\", error=\"invalid_token\"";
        return CaseStatus.Result(StatusCodes.Status401Unauthorized, "The access token is not valid (any more). POST /oauth/token gives one; without a token the catalog can be read.");
    }
}
