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
        if (!checkedTokens.TryGet(token, clock.GetUtcNow(), out var identity))
        {
            if (await tokens.CheckAsync(token) is not { } found)
                return AuthenticateResult.Fail("The token is not one of this service, or not valid any more.");
            identity = found.Identity;
            checkedTokens.Remember(token, identity, found.Expires);
        }

        if (!await revoked.IsLiveAsync(identity, Context.RequestAborted))
            return AuthenticateResult.Fail("The client was revoked.");

        Context.RequestServices.GetRequiredService<Caller>().Become(identity);
        return AuthenticateResult.Success(new AuthenticationTicket(checkedTokens.PrincipalOf(identity), Scheme.Name));
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
    private readonly ConcurrentDictionary<string, (CallerIdentity Identity, DateTimeOffset Expires)> _checked = new(StringComparer.Ordinal);

    public bool TryGet(string token, DateTimeOffset now, out CallerIdentity identity)
    {
        var found = _checked.TryGetValue(token, out var entry) && now < entry.Expires;
        identity = entry.Identity;
        return found;
    }

    public void Remember(string token, CallerIdentity identity, DateTimeOffset expires)
    {
        if (_checked.Count >= MaxRemembered)
            _checked.Clear();
        _checked[token] = (identity, expires);
    }

    /// <summary>The principal for ASP.NET's authorization: one <c>scope</c> claim each.</summary>
    public ClaimsPrincipal PrincipalOf(CallerIdentity identity) =>
        new(new ClaimsIdentity(identity.Scopes.Select(scope => new Claim("scope", scope)), TokenAuthentication.SchemeName));
}
