using System.CommandLine;
using PLService.Cli.Output;
using PLService.Cli.Profiles;
using PLService.Client;

namespace PLService.Cli.Commands;

/// <summary>Forgets saved sign-ins. A person's session ends with it; an API client itself lives on: an administrator revokes it.</summary>
internal static class LogoutCommand
{
    private static readonly Option<bool> All = new("--all") { Description = "Forget every profile." };

    public static Command Build() =>
        new Command("logout", "Forget a saved sign-in: the one of the last login, or the one that --profile names.") { All }
        .WithExamples("pls logout", "pls logout --profile pilot", "pls logout --all")
        .RunsAlone(async (parsed, screen, ct) =>
        {
            var configuration = ProfileStore.Read();
            var name = parsed.GetValue(CommonOptions.Profile) ?? configuration.Current ?? ProfileStore.DefaultName;
            if (!parsed.GetValue(All) && !configuration.Profiles.ContainsKey(name))
                throw new UserErrorException($"There is no profile '{name}'.");

            foreach (var (forgotten, profile) in configuration.Profiles.Where(saved => parsed.GetValue(All) || saved.Key == name).ToList())
            {
                await EndAsync(profile, screen, ct);
                configuration.Profiles.Remove(forgotten);
            }

            var current = configuration.Current is { } last && configuration.Profiles.ContainsKey(last) ? last : configuration.Profiles.Keys.FirstOrDefault();
            ProfileStore.Write(configuration with { Current = current });
            screen.Show(new { Current = current, Profiles = configuration.Profiles.Keys }, _ => { });
            screen.Say(parsed.GetValue(All) ? "All sign-ins are forgotten." : $"Profile '{name}' is forgotten.");
            return ExitCodes.Done;
        });

    // What is forgotten here is forgotten, whether or not the service can be reached.
    private static async Task EndAsync(Profile profile, Screen screen, CancellationToken ct)
    {
        if (profile.Person is not { Issuer: null } person)
            return;
        try
        {
            using var client = SignIn.ConnectAnonymously(profile.Url);
            await client.SignOutAsync(new RefreshRequest { RefreshToken = person.RefreshToken }, ct);
        }
        catch (Exception away) when (away is HttpRequestException or TimeoutException or ApiProblemException)
        {
            screen.Warn($"The session goes on at {profile.Url}, which cannot be reached: {away.Message} End it where you are signed in next.");
        }
    }
}
