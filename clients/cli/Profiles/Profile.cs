namespace PLService.Cli.Profiles;

/// <summary>A saved sign-in: of an API client by its secret, or of a person by tokens.</summary>
/// <param name="Url">Where the service is.</param>
/// <param name="ClientId">The API client's id.</param>
/// <param name="ClientSecret">Its secret.</param>
/// <param name="Person">What a person signs in with.</param>
internal sealed record Profile(string Url, string? ClientId, string? ClientSecret, PersonSignIn? Person = null);

/// <summary>What a person is signed in with.</summary>
/// <param name="Tenant">The tenant's short name.</param>
/// <param name="Issuer">The identity provider; null when the service itself keeps the account.</param>
/// <param name="ClientId">What this program is registered as with the provider.</param>
/// <param name="Audience">For which service the provider's tokens are.</param>
/// <param name="AccessToken">The token that the service is called with.</param>
/// <param name="ExpiresAt">When it does.</param>
/// <param name="RefreshToken">What the next one is got with; null when the provider gave none.</param>
internal sealed record PersonSignIn(
    string Tenant, string? Issuer, string? ClientId, string? Audience, string AccessToken, DateTimeOffset ExpiresAt, string? RefreshToken)
{
    /// <summary>A person whose account the service itself keeps, and who has no token yet.</summary>
    public static PersonSignIn OfAccount(string tenant) => new(tenant, null, null, null, "", default, null);
}

/// <summary>What is in the configuration file.</summary>
/// <param name="Current">The profile of the last login, used unless another is named.</param>
/// <param name="Profiles">Saved sign-ins by name.</param>
internal sealed record Configuration(string? Current, SortedDictionary<string, Profile> Profiles);

/// <summary>Something that the person at the keyboard can put right; told in one line.</summary>
internal sealed class UserErrorException(string message) : Exception(message);
