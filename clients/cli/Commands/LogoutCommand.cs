using System.CommandLine;
using PLService.Cli.Profiles;

namespace PLService.Cli.Commands;

/// <summary>Forgets saved sign-ins. The API client itself lives on: an administrator revokes it.</summary>
internal static class LogoutCommand
{
    private static readonly Option<bool> All = new("--all") { Description = "Forget every profile." };

    public static Command Build() =>
        new Command("logout", "Forget a saved sign-in: the one of the last login, or the one that --profile names.") { All }
        .WithExamples("pls logout", "pls logout --profile pilot", "pls logout --all")
        .RunsAlone((parsed, screen, _) =>
        {
            var configuration = ProfileStore.Read();
            var name = parsed.GetValue(CommonOptions.Profile) ?? configuration.Current ?? ProfileStore.DefaultName;
            if (parsed.GetValue(All))
                configuration.Profiles.Clear();
            else if (!configuration.Profiles.Remove(name))
                throw new UserErrorException($"There is no profile '{name}'.");

            var current = configuration.Current is { } last && configuration.Profiles.ContainsKey(last) ? last : configuration.Profiles.Keys.FirstOrDefault();
            ProfileStore.Write(configuration with { Current = current });
            screen.Show(new { Current = current, Profiles = configuration.Profiles.Keys }, _ => { });
            screen.Say(parsed.GetValue(All) ? "All sign-ins are forgotten." : $"Profile '{name}' is forgotten.");
            return Task.FromResult(ExitCodes.Done);
        });
}
