using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PLService.Api.Access.Providers;

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
        services.AddSingleton<GrantCache>();
        services.AddSingleton<IInterceptor, GrantNews>();
        services.AddHostedService<GrantListener>();
        services.AddSingleton<PersonGrants>();
        services.AddSingleton<SupportSessions>();
        services.AddSingleton(new SupportOperators(configuration));
        services.AddSingleton<ParticipantTokens>();
        services.AddSingleton(_ => ParticipationKey.Load(options));
        services.AddSingleton<JoinGuard>();
        services.AddSingleton<Door>();
        services.AddScoped<Leadership>();
        services.AddScoped<RoleReach>();
        services.AddScoped<LastAdmin>();
        services.AddScoped<RoleGiving>();
        services.AddProviders();
        services.AddAuthentication(TokenAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, null);
        // Whoever forgets to say who may call an endpoint has closed it.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    /// <summary>The endpoint is for callers with this scope; others get 403 with the scope's name.</summary>
    public static RouteHandlerBuilder RequireScope(this RouteHandlerBuilder endpoint, string scope) =>
        endpoint.RequireClaim(Principals.ScopeClaim, scope).WithMetadata(new RequiredScope(scope));

    /// <summary>The endpoint is for machines, whatever their scopes.</summary>
    public static RouteHandlerBuilder RequireClient(this RouteHandlerBuilder endpoint) => endpoint.RequireCaller(Principals.Client);

    /// <summary>The endpoint is for people, each about what is their own, whatever their roles.</summary>
    public static RouteHandlerBuilder RequirePerson(this RouteHandlerBuilder endpoint) =>
        endpoint.RequireCaller(Principals.Person);

    /// <summary>
    /// The endpoint is for whoever is signed in with an identity provider of the tenant, linked to a person or not yet: the handler takes a
    /// <see cref="ProviderLogin"/>.
    /// </summary>
    public static RouteHandlerBuilder RequireLogin(this RouteHandlerBuilder endpoint) =>
        endpoint.RequireClaim(Principals.ProviderClaim).WithMetadata(new RequiredCaller(Principals.Login));

    /// <summary>
    /// The endpoint is for people, and for whoever is signed in with an identity provider of the tenant and linked to no person yet: each about what is
    /// their own.
    /// </summary>
    public static RouteHandlerBuilder RequireSomebody(this RouteHandlerBuilder endpoint) =>
        endpoint.RequireClaim(Principals.KindClaim, Principals.Person, Principals.Login).WithMetadata(new RequiredCaller(Principals.Somebody));

    private static RouteHandlerBuilder RequireCaller(this RouteHandlerBuilder endpoint, string kind) =>
        endpoint.RequireClaim(Principals.KindClaim, kind).WithMetadata(new RequiredCaller(kind));

    /// <summary>The endpoint is for participants, each about the one response that the token is for.</summary>
    public static RouteHandlerBuilder RequireParticipant(this RouteHandlerBuilder endpoint) =>
        endpoint.RequireCaller(Principals.Participant);

    private static RouteHandlerBuilder RequireClaim(this RouteHandlerBuilder endpoint, string claim, params string[] values) =>
        endpoint.RequireAuthorization(new AuthorizationPolicyBuilder().RequireClaim(claim, values).Build());
}

/// <summary>Which scope an endpoint needs; the contract and the 403 name it.</summary>
internal sealed record RequiredScope(string Scope);

/// <summary>Which of <see cref="Principals"/> an endpoint is for, where no scope says it; the contract and the 403 name it.</summary>
internal sealed record RequiredCaller(string Kind)
{
    /// <summary>For people to read.</summary>
    public string InWords => Kind switch
    {
        Principals.Client => "API clients",
        Principals.Login => "whoever is signed in with an identity provider of the tenant",
        Principals.Participant => "participants who have joined an assessment",
        Principals.Somebody => "people who are signed in, known here or not yet",
        _ => "people who are signed in",
    };
}
