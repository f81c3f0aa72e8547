using PLService.Api.Access;

namespace PLService.Api.Http;

/// <summary>Gives the framework's bodiless refusals the body that every failure has.</summary>
internal static class StatusPages
{
    public static Task WriteAsync(HttpContext context)
    {
        var (code, detail) = context.Response.StatusCode switch
        {
            var status when context.Features.Get<TokenRefusal>() is { } refusal && refusal.Status == status => (refusal.Code, refusal.Detail),
            401 => ("auth.unauthenticated", "Send a valid access token as 'Authorization: Bearer ...'; POST /oauth/token gives one."),
            403 when context.GetEndpoint()?.Metadata.GetMetadata<RequiredCaller>() is { } caller =>
                ("auth.wrong_caller", $"This operation is for {caller.InWords}; your token stands for somebody else."),
            403 when context.User.HasClaim(Principals.KindClaim, Principals.Participant) =>
                ("auth.wrong_caller", "Your token is for answering one assessment: it opens /v1/participation and nothing else."),
            403 => ("auth.missing_scope", $"This operation needs the scope {ScopeOf(context)}, which you do not have."),
            404 => ("request.no_such_address", "There is nothing at this address; GET /v1 lists what there is."),
            405 => ("request.method_not_allowed", $"This address takes {context.Response.Headers.Allow}."),
            406 => ("request.not_acceptable", "None of the media types in Accept can be produced."),
            413 => ("request.too_large", "The body is larger than this operation takes."),
            415 => ("request.unsupported_media_type", "The body has another media type than this operation takes; see the contract."),
            var status => ("request.refused", $"The request was refused with status {status}."),
        };
        return Problems.WriteAsync(context, context.Response.StatusCode, code, detail);
    }

    private static string ScopeOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>()?.Scope ?? "of an authenticated caller";
}
