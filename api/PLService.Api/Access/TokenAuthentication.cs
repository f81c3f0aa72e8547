using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using PLService.Api.Access.Providers;

namespace PLService.Api.Access;

/// <summary>Reads the bearer token, checks it and names the <see cref="Caller"/>.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    Tokens tokens, CheckedTokens checkedTokens, RevokedClients revoked, PersonGrants people, ParticipantTokens participants, SupportSessions supports, ProviderTokens providers, Logins logins,
    TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";
    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();

        var token = header[Prefix.Length..];
        var known = checkedTokens.Find(token, clock.GetUtcNow());
        if (known is null)
        {
            if (!tokens.IsOwn(token))
                return await AdmitLoginAsync(token);
            if (await tokens.CheckAsync(token) is not { } found)
                return AuthenticateResult.Fail("The token is not one of this service, or not valid any more.");
            known = checkedTokens.Remember(token, found.Identity, found.Expires);
        }

        return known.Identity switch
        {
            { PersonId: not null } => await AdmitPersonAsync(known.Identity),
            { ParticipantOf: not null } => await AdmitParticipantAsync(known),
            { SupportGrantId: not null } => await AdmitSupportAsync(known.Identity),
            _ => await AdmitClientAsync(known),
        };
    }

    private async Task<AuthenticateResult> AdmitClientAsync(CheckedToken known) =>
        await revoked.IsLiveAsync(known.Identity, Context.RequestAborted)
            ? Admit(known.Identity, known.Principal)
            : AuthenticateResult.Fail("The client was revoked.");

    private async Task<AuthenticateResult> AdmitPersonAsync(CallerIdentity person)
    {
        if (await people.FindAsync(person, Context.RequestAborted) is not { } grants)
            return AuthenticateResult.Fail("The person is not active, or the session has ended.");

        Context.Features.Set(grants);
        var scope = Context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>()?.Scope;
        return Admit(PersonGrants.Narrow(person, grants, scope), PersonGrants.PrincipalOf(grants));
    }

    private async Task<AuthenticateResult> AdmitSupportAsync(CallerIdentity support)
    {
        var operation = Context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;
        if (await supports.EnterAsync(support, operation, Context.RequestAborted) is not { } grant)
            return AuthenticateResult.Fail("The tenant's support access has ended.");

        var identity = PersonGrants.OfSupport(support, grant);
        return Admit(identity, Principals.Of(Principals.Support, identity.Scopes));
    }

    private async Task<AuthenticateResult> AdmitLoginAsync(string token)
    {
        var tenant = Request.Headers[TokenRefusal.TenantHeader] is [{ Length: > 0 } slug] ? slug : null;
        var outcome = await providers.CheckAsync(token, tenant, Context.RequestAborted);
        if (outcome.Login is not { } login)
        {
            Context.Features.Set(outcome.Refusal);
            return AuthenticateResult.Fail("The token is not one of an identity provider that is trusted, or not valid.");
        }

        Context.Features.Set(login);
        AuthenticateResult result;
        if (await logins.FindPersonAsync(login, Context.RequestAborted) is { } person)
        {
            result = await AdmitPersonAsync(CallerIdentity.Person(login.TenantId, person, sessionId: null));
        }
        else
        {
            Context.Features.Set(TokenRefusal.NotLinked);
            result = Admit(CallerIdentity.Login(login.TenantId, login.Key), Principals.Of(Principals.Login, []));
        }

        if (result.Principal is null)
            return result;
        // A clone of the identity: others share the principal, and one of a principal would share its identities.
        var identity = ((ClaimsIdentity)result.Principal.Identity!).Clone();
        identity.AddClaim(new Claim(Principals.ProviderClaim, login.ProviderId.ToString()));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    private async Task<AuthenticateResult> AdmitParticipantAsync(CheckedToken known) =>
        await participants.ReadAsync(known.Identity, Context.RequestAborted) is { } participant
            ? Admit(participant, known.Principal)
            : AuthenticateResult.Fail("The response was deleted.");

    private AuthenticateResult Admit(CallerIdentity identity, ClaimsPrincipal principal)
    {
        Context.RequestServices.GetRequiredService<Caller>().Become(identity);
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.Features.Get<TokenRefusal>() is { Status: StatusCodes.Status503ServiceUnavailable } away)
        {
            Response.StatusCode = away.Status;
            Response.Headers.RetryAfter = $"{TokenRefusal.RetryAfterSeconds}";
            return Task.CompletedTask;
        }

        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = Request.Headers.Authorization.Count == 0
            ? "Bearer realm=\"plservice\""
            : "Bearer realm=\"plservice\", error=\"invalid_token\"";
        return Task.CompletedTask;
    }
}

/// <summary>Tokens whose signature was checked already, until they expire: checking costs more than the rest of a small request.</summary>
internal sealed class CheckedTokens
{
    private const int MaxRemembered = 10_000;
    private readonly ConcurrentDictionary<string, CheckedToken> _checked = new(StringComparer.Ordinal);

    public CheckedToken? Find(string token, DateTimeOffset now) =>
        _checked.TryGetValue(token, out var entry) && now < entry.Expires ? entry : null;

    public CheckedToken Remember(string token, CallerIdentity identity, DateTimeOffset expires)
    {
        if (_checked.Count >= MaxRemembered)
            _checked.Clear();
        return _checked[token] = new(identity, Principals.Of(Principals.KindOf(identity), identity.Scopes), expires);
    }
}

/// <summary>What a token said when its signature was checked; of a person that is only who it is.</summary>
internal sealed record CheckedToken(CallerIdentity Identity, ClaimsPrincipal Principal, DateTimeOffset Expires);
