using System.Net;
using System.Net.Http.Json;
using PLService.Cli.Output;
using PLService.Cli.Profiles;
using PLService.Client;

namespace PLService.Cli.Commands;

/// <summary>Signs a person in through the tenant's identity provider, by a code that is entered in a browser.</summary>
internal static class PersonLogin
{
    /// <summary>What the service says of a tenant's sign-in, as far as it matters here.</summary>
    private sealed record SignInOffer(string Tenant, string Name, IReadOnlyList<Provider> Providers);

    private sealed record Provider(string Name, string Issuer, string Audience, IReadOnlyList<string> Scopes, string? DeviceClientId);

    public static async Task<int> RunAsync(string url, string tenant, string? wanted, string profile, Screen screen, CancellationToken ct)
    {
        var offer = await ReadAsync(url, tenant, ct);
        var chosen = Choose(offer, wanted);
        using var provider = await IdentityProvider.FindAsync(chosen.Issuer, ct);
        var code = await provider.StartAsync(chosen.DeviceClientId!, chosen.Scopes, chosen.Audience, ct);
        screen.Say($"Open {code.CompleteAddress ?? code.Address} in a browser, on any machine, and confirm this code: {code.UserCode}");
        var tokens = await provider.WaitAsync(chosen.DeviceClientId!, code, ct);

        var person = new PersonSignIn(offer.Tenant, chosen.Issuer, chosen.DeviceClientId!, chosen.Audience, "", default, null).With(tokens);
        using (await ProfileStore.LockAsync(ct))
        {
            var configuration = ProfileStore.Read();
            configuration.Profiles[profile] = new(url, null, null, person);
            ProfileStore.Write(configuration with { Current = profile });
        }

        using var client = new SignIn(new(url, null, null, person), profile, profile).Connect();
        try
        {
            var me = await client.GetMeAsync(ct);
            screen.Show(me, _ => screen.Say($"Signed in to {me.TenantName} as {me.Name}, saved as profile '{profile}' in {ProfileStore.Path}."));
            return ExitCodes.Done;
        }
        catch (ApiProblemException nobody) when (nobody.Code == "auth.not_linked")
        {
            // Good for accepting an invitation, so it is kept.
            screen.Warn($"Signed in, saved as profile '{profile}', and nobody in {offer.Name} is linked to it yet: accept your invitation, or ask for access.");
            return ExitCodes.Failed;
        }
    }

    private static async Task<SignInOffer> ReadAsync(string url, string tenant, CancellationToken ct)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        using var response = await http.GetAsync(new Uri($"{url}/v1/sign-in?tenant={Uri.EscapeDataString(tenant)}"), ct);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
            throw new UserErrorException($"{url} has no tenant '{tenant}'; ask for its short name.");
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<SignInOffer>(ct) ?? throw new UserErrorException($"{url} is no PLService.");
    }

    private static Provider Choose(SignInOffer offer, string? wanted)
    {
        var usable = offer.Providers.Where(provider => provider.DeviceClientId is not null).ToList();
        var chosen = usable.Where(provider => wanted is null || string.Equals(provider.Name, wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        return chosen switch
        {
            [var only] => only,
            [] when usable.Count == 0 => throw new UserErrorException(
                $"{offer.Name} has no identity provider that signs programs in by code. Use an API client: pls login --client-id plc_..."),
            [] => throw new UserErrorException($"There is no provider '{wanted}'. There are: {Names(usable)}."),
            _ => throw new UserErrorException($"{offer.Name} has several identity providers; choose one with --provider: {Names(chosen)}."),
        };
    }

    private static string Names(IEnumerable<Provider> providers) => string.Join(", ", providers.Select(provider => provider.Name));
}
