using PLService.Client;

namespace PLService.Cli.Profiles;

/// <summary>A person's access token, renewed when it expires. A refresh token is good once: what comes back is saved before it is used.</summary>
internal sealed class PersonTokens(string profile, string url, PersonSignIn person)
{
    // A request that is on its way must not arrive with a dead token.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(20);

    private PersonSignIn _person = person;

    /// <summary>The token to call with.</summary>
    /// <param name="refused">The service refused the last one.</param>
    /// <param name="ct">Ends the wait.</param>
    public async ValueTask<string> GetAsync(bool refused, CancellationToken ct)
    {
        if (!refused && IsGood(_person))
            return _person.AccessToken;

        // Other runs of this program use the same file, and whoever is first renews for all.
        using var alone = await ProfileStore.LockAsync(ct);
        var saved = ProfileStore.Read().Profiles.GetValueOrDefault(profile)?.Person;
        if (saved is not null && saved.AccessToken != _person.AccessToken && IsGood(saved))
            return (_person = saved).AccessToken;

        _person = await RenewAsync(saved ?? _person, ct);
        var configuration = ProfileStore.Read();
        if (configuration.Profiles.TryGetValue(profile, out var current))
        {
            configuration.Profiles[profile] = current with { Person = _person };
            ProfileStore.Write(configuration);
        }

        return _person.AccessToken;
    }

    private async Task<PersonSignIn> RenewAsync(PersonSignIn person, CancellationToken ct)
    {
        if (person.RefreshToken is null)
            throw new UserErrorException("Your sign-in has expired. Run 'pls login' again.");
        if (person.Issuer is null)
        {
            using var service = SignIn.ConnectAnonymously(url);
            return person.With(await service.RefreshSessionAsync(new RefreshRequest { RefreshToken = person.RefreshToken }, ct));
        }

        using var provider = await IdentityProvider.FindAsync(person.Issuer, ct);
        return await provider.RefreshAsync(person, ct) is { } tokens
            ? person.With(tokens)
            : throw new UserErrorException("Your sign-in has expired, or was ended by your identity provider. Run 'pls login' again.");
    }

    private static bool IsGood(PersonSignIn person) => DateTimeOffset.UtcNow < person.ExpiresAt - Margin;
}

internal static class PersonSignIns
{
    // OAuth leaves it open how long a token lives of which nothing is said; the service tells when it does not.
    private const int UnknownLifetimeSeconds = 300;

    public static PersonSignIn With(this PersonSignIn person, Tokens tokens) => person with
    {
        AccessToken = tokens.AccessToken,
        ExpiresAt = DateTimeOffset.UtcNow.AddSeconds(tokens.ExpiresIn ?? UnknownLifetimeSeconds),
        RefreshToken = tokens.RefreshToken ?? person.RefreshToken,
    };

    public static PersonSignIn With(this PersonSignIn person, SessionTokens tokens) => person with
    {
        AccessToken = tokens.AccessToken,
        ExpiresAt = DateTimeOffset.UtcNow.AddSeconds(tokens.ExpiresIn),
        RefreshToken = tokens.RefreshToken,
    };
}
