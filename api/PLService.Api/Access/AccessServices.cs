using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace PLService.Api.Access;

internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Access").Get<AccessOptions>() ?? new AccessOptions();
        services.AddSingleton(options);
        services.AddSingleton(_ => SigningKeys.Load(options.SigningKeyDirectory));
        services.AddSingleton<Tokens>();
        services.AddSingleton<CheckedTokens>();
        services.AddSingleton<RevokedClients>();
        services.AddAuthentication(TokenAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, null);
        // Whoever forgets to say who may call an endpoint has closed it.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    /// <summary>The endpoint is for callers with this scope; others get 403 with the scope's name.</summary>
    public static RouteHandlerBuilder RequireScope(this RouteHandlerBuilder endpoint, string scope) =>
        endpoint.RequireAuthorization(new AuthorizationPolicyBuilder().RequireClaim("scope", scope).Build()).WithMetadata(new RequiredScope(scope));

    /// <summary>The endpoint is for every caller with a valid token, whatever its scopes.</summary>
    public static RouteHandlerBuilder RequireAnyToken(this RouteHandlerBuilder endpoint) => endpoint.RequireAuthorization().WithMetadata(new AnyToken());
}

/// <summary>Says that no scope is needed on purpose.</summary>
internal sealed record AnyToken;

/// <summary>Which scope an endpoint needs; the contract and the 403 name it.</summary>
internal sealed record RequiredScope(string Scope);
