namespace PLService.Cli.Profiles;

/// <summary>A saved sign-in.</summary>
/// <param name="Url">Where the service is.</param>
/// <param name="ClientId">The API client's id.</param>
/// <param name="ClientSecret">Its secret.</param>
internal sealed record Profile(string Url, string ClientId, string ClientSecret);

/// <summary>What is in the configuration file.</summary>
/// <param name="Current">The profile of the last login, used unless another is named.</param>
/// <param name="Profiles">Saved sign-ins by name.</param>
internal sealed record Configuration(string? Current, SortedDictionary<string, Profile> Profiles);

/// <summary>Something that the person at the keyboard can put right; told in one line.</summary>
internal sealed class UserErrorException(string message) : Exception(message);
