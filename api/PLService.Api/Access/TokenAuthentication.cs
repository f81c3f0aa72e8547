using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace PLService.Api.Access;

/// <summary>Reads the bearer token, checks it and names the <see cref="Caller"/>.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    Tokens tokens, CheckedTokens checkedTokens, RevokedClients revoked, TimeProvider clock)
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
            if (await tokens.CheckAsync(token) is not { } found)
                return AuthenticateResult.Fail("The token is not one of this service, or not valid any more.");
            known = checkedTokens.Remember(token, found.Identity, found.Expires);
        }

        if (!await revoked.IsLiveAsync(known.Identity, Context.RequestAborted))
            return AuthenticateResult.Fail("The client was revoked.");

        Context.RequestServices.GetRequiredService<Caller>().Become(known.Identity);
        return AuthenticateResult.Success(new AuthenticationTicket(known.Principal, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
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
        var scopes = identity.Scopes.Select(scope => new Claim("scope", scope));
        return _checked[token] = new(identity, new ClaimsPrincipal(new ClaimsIdentity(scopes, TokenAuthentication.SchemeName)), expires);
    }
}

/// <summary>What a token said when its signature was checked.</summary>
internal sealed record CheckedToken(CallerIdentity Identity, ClaimsPrincipal Principal, DateTimeOffset Expires);
