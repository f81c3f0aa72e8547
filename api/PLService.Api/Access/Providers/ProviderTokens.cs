using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;

namespace PLService.Api.Access.Providers;

/// <summary>What became of a token: a login, a reason why not, or neither when it is simply not good.</summary>
internal sealed record ProviderTokenOutcome(ProviderLogin? Login, TokenRefusal? Refusal = null)
{
    public static readonly ProviderTokenOutcome NotGood = new(null, null);
}

/// <summary>
/// Checks access tokens of identity providers. One that was checked is remembered until it expires, its provider changes, or its key is no
/// longer one of the provider's.
/// </summary>
internal sealed class ProviderTokens(TrustedIssuers issuers, ProviderKeys keys, TimeProvider clock)
{
    private const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<string, Checked> _checked = new(StringComparer.Ordinal);

    /// <summary>Checks the token; <paramref name="tenantSlug"/> is what the caller says of the tenant, if anything.</summary>
    public async ValueTask<ProviderTokenOutcome> CheckAsync(string token, string? tenantSlug, CancellationToken ct)
    {
        if (_checked.TryGetValue(token, out var known))
        {
            if (await StillStandsAsync(known, tenantSlug, ct))
                return known.Outcome;
            _checked.TryRemove(token, out _);
        }

        if (ProviderTokenRules.TryRead(token) is not { } jwt)
            return ProviderTokenOutcome.NotGood;

        // What the token says of itself is not believed yet: it only tells whose rules it has to meet.
        var trusting = await TrustingAsync(jwt, tenantSlug, ct);
        if (trusting.Count == 0)
            return ProviderTokenOutcome.NotGood;
        if (trusting.Count > 1)
            return new(null, TokenRefusal.TenantNeeded);
        try
        {
            return await CheckAsync(token, jwt, trusting[0], ct);
        }
        catch (ProviderFaultException)
        {
            return new(null, TokenRefusal.ProviderAway);
        }
    }

    private async Task<ProviderTokenOutcome> CheckAsync(string token, JsonWebToken jwt, TrustedProvider provider, CancellationToken ct)
    {
        if (!ProviderTokenRules.MayBeAccessToken(jwt, provider)
            || await keys.FindAsync(provider.Issuer, jwt.Kid, jwt.Alg, ct) is not { } key
            || await ProviderTokenRules.VerifyAsync(jwt, provider, key, clock) is not { } login)
            return ProviderTokenOutcome.NotGood;

        if (_checked.Count >= MaxRemembered)
            _checked.Clear();
        return (_checked[token] = new(new(login), provider, jwt)).Outcome;
    }

    private async ValueTask<bool> StillStandsAsync(Checked known, string? tenantSlug, CancellationToken ct) =>
        clock.GetUtcNow() < known.Outcome.Login!.Expires
        // Another tenant named, or one more that trusts the issuer: the same token may mean another person, or nobody for certain.
        && await TrustingAsync(known.Token, tenantSlug, ct) is [var only] && only.ProviderId == known.Provider.ProviderId && only.Version == known.Provider.Version
        && keys.Holds(known.Provider.Issuer, known.Token.Kid, known.Token.Alg);

    private async ValueTask<List<TrustedProvider>> TrustingAsync(JsonWebToken jwt, string? tenantSlug, CancellationToken ct) =>
    [
        .. (await issuers.OfAsync(jwt.Issuer, ct)).Where(provider =>
            jwt.Audiences.Contains(provider.Audience, StringComparer.Ordinal) && (tenantSlug is null || provider.TenantSlug == tenantSlug)),
    ];

    private sealed record Checked(ProviderTokenOutcome Outcome, TrustedProvider Provider, JsonWebToken Token);
}
