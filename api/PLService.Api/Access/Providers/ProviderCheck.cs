using PLService.Api.Domain;
using PLService.Api.Domain.Access;

namespace PLService.Api.Access.Providers;

/// <summary>What a provider was found to be.</summary>
/// <param name="Fault">What is wrong; null when nothing is.</param>
/// <param name="Offers">What it offers, where it was seen.</param>
internal sealed record ProviderFinding(DomainError? Fault, string[] Offers);

/// <summary>Looks at a provider before people depend on it: metadata, keys, algorithms, and what the client ids need.</summary>
internal sealed class ProviderCheck(ProviderHttp http, ProviderKeys keys, AccessOptions options) : IDisposable
{
    /// <summary>Checks may take seconds, with a connection of the database in some cases; so many at once.</summary>
    private const int MaxAtOnce = 4;

    private readonly SemaphoreSlim _places = new(MaxAtOnce);

    /// <summary>What was found; null when too many are being looked at.</summary>
    public async Task<ProviderFinding?> RunAsync(string issuer, IdentityProviderSettings settings, CancellationToken ct)
    {
        if (!await _places.WaitAsync(TimeSpan.Zero, ct))
            return null;
        try
        {
            return await LookAsync(issuer, settings, ct);
        }
        catch (ProviderFaultException e)
        {
            return new(e.Fault, []);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<ProviderFinding> LookAsync(string issuer, IdentityProviderSettings settings, CancellationToken ct)
    {
        if (issuer.TrimEnd('/') == options.Issuer.TrimEnd('/'))
            return new(IdentityProviderErrors.OwnIssuer, []);

        var metadata = await ProviderMetadata.FetchAsync(http, issuer, ct);
        var found = ProviderKeySet.Parse(await http.GetAsync(metadata.KeysAddress, ct));
        if (!found.CanVerify(settings.Algorithms))
            return new(IdentityProviderErrors.NoUsableKey.Found($"They are {string.Join(", ", settings.Algorithms)}."), metadata.Offers);
        if (settings.BrowserClientId is not null && !metadata.Offers.Contains(IdentityProviderOffers.AuthorizationCode))
            return new(IdentityProviderErrors.NoCodeFlow, metadata.Offers);
        if (settings.DeviceClientId is not null && !metadata.Offers.Contains(IdentityProviderOffers.DeviceCode))
            return new(IdentityProviderErrors.NoDeviceFlow, metadata.Offers);

        keys.Learn(issuer, metadata.KeysAddress, found);
        return new(null, metadata.Offers);
    }
}
