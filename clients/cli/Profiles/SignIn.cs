using PLService.Client;

namespace PLService.Cli.Profiles;

/// <summary>Who calls which service, and where that was found.</summary>
/// <param name="Profile">Address and credentials.</param>
/// <param name="Source">The profile, or the environment.</param>
/// <param name="Name">The profile's name; null for the environment.</param>
internal sealed record SignIn(Profile Profile, string Source, string? Name = null)
{
    public const string UrlVariable = "PLSERVICE_URL";
    public const string IdVariable = "PLSERVICE_CLIENT_ID";
    public const string SecretVariable = "PLSERVICE_CLIENT_SECRET";

    /// <summary>The named profile, and nothing of the environment beside it; else the environment; else the profile of the last login.</summary>
    /// <exception cref="UserErrorException">Nobody has signed in, or half of it is missing.</exception>
    public static SignIn Find(string? name)
    {
        var (url, id, secret) = name is null ? (Variable(UrlVariable), Variable(IdVariable), Variable(SecretVariable)) : default;
        if (url is not null && id is not null && secret is not null)
            return new(new(CheckUrl(url), id, secret), "environment variables");

        var configuration = ProfileStore.Read();
        var wanted = name ?? configuration.Current ?? ProfileStore.DefaultName;
        if (!configuration.Profiles.TryGetValue(wanted, out var saved))
        {
            throw new UserErrorException(name is null
                ? $"You are not signed in. Run 'pls login', or set {UrlVariable}, {IdVariable} and {SecretVariable}."
                : $"There is no profile '{name}'. {(configuration.Profiles.Count > 0 ? $"You have: {string.Join(", ", configuration.Profiles.Keys)}." : "Run 'pls login'.")}");
        }

        // A secret is for one service and one client: it must not go to another that a forgotten variable names.
        if ((url is not null && CheckUrl(url) != saved.Url) || (id is not null && id != saved.ClientId && saved.Person is null))
        {
            throw new UserErrorException(
                $"{(url is not null ? UrlVariable : IdVariable)} names another service or client than profile '{wanted}'. Set {UrlVariable}, {IdVariable} and {SecretVariable} together, or none of them.");
        }

        return new(saved.Person is null ? saved with { ClientSecret = secret ?? saved.ClientSecret } : saved, $"profile '{wanted}'", wanted);
    }

    /// <summary>A client that calls as this one.</summary>
    public PLServiceClient Connect() => PLServiceClient.Connect(new PLServiceClientOptions
    {
        BaseAddress = new Uri(Profile.Url),
        ClientId = Profile.ClientId,
        ClientSecret = Profile.ClientSecret,
        Tenant = Profile.Person?.Tenant,
        GetToken = Profile.Person is { } person ? new PersonTokens(Name!, Profile.Url, person).GetAsync : null,
        // Somebody sits and waits.
        MaxTries = 4,
    });

    /// <summary>A client that calls as nobody yet.</summary>
    public static PLServiceClient ConnectAnonymously(string url) => PLServiceClient.Connect(new PLServiceClientOptions { BaseAddress = new Uri(url), MaxTries = 4 });

    /// <summary>The address without a slash at its end.</summary>
    /// <exception cref="UserErrorException">It is none.</exception>
    public static string CheckUrl(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? address.AbsoluteUri.TrimEnd('/')
            : throw new UserErrorException($"'{url}' is not an address such as https://pl.example.org.");

    public static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
