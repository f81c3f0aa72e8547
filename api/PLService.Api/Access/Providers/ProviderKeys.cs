using System.Collections.Concurrent;

namespace PLService.Api.Access.Providers;

/// <summary>The keys of trusted issuers, fetched when they are first needed and kept fresh from then on.</summary>
internal sealed class ProviderKeys(ProviderHttp http, TimeProvider clock, ILogger<ProviderKeys> logger)
{
    private readonly ConcurrentDictionary<string, IssuerKeys> _issuers = new(StringComparer.Ordinal);

    /// <summary>The key of this name, asking the provider when it is not known; only of issuers that somebody trusts.</summary>
    /// <returns>Null when the provider has no such key.</returns>
    /// <exception cref="ProviderFaultException">No key of the provider is known, and it is away.</exception>
    public ValueTask<ProviderKey?> FindAsync(string issuer, string id, string algorithm, CancellationToken ct) => Of(issuer).FindAsync(id, algorithm, ct);

    /// <summary>Whether a key that was found before is still one of the provider's, as far as is known.</summary>
    public bool Holds(string issuer, string id, string algorithm) => Of(issuer).Holds(id, algorithm);

    /// <summary>Somebody else has just fetched them.</summary>
    public void Learn(string issuer, string keysAddress, ProviderKeySet keys) => Of(issuer).Learn(keysAddress, keys);

    private IssuerKeys Of(string issuer) => _issuers.GetOrAdd(issuer, name => new IssuerKeys(name, http, clock, logger));
}
