using System.CommandLine;
using PLService.Cli.Output;
using PLService.Cli.Profiles;
using Spectre.Console;

namespace PLService.Cli.Commands;

/// <summary>Saves a sign-in once the service has accepted it.</summary>
internal static class LoginCommand
{
    private static readonly Option<string?> Url = new("--url") { Description = "Where the service is, as https://pl.example.org.", HelpName = "address" };
    private static readonly Option<string?> ClientId = new("--client-id") { Description = "The API client's id.", HelpName = "id" };

    public static Command Build() =>
        new Command("login", "Sign in, and save that under a profile.")
        {
            Url,
            ClientId,
        }
        .WithNotes(
            $"The secret is asked for, or taken from {SignIn.SecretVariable}, or read from standard input when that is not a terminal.",
            "It is never an argument: others on the same machine could read it.",
            $"What you leave out is taken from {SignIn.UrlVariable} and {SignIn.IdVariable}, or asked for.")
        .WithExamples(
            "pls login --url https://pl.example.org --client-id plc_...",
            "pls login --profile pilot --url https://pilot.example.org --client-id plc_... < secret.txt")
        .RunsAlone(async (parsed, screen, ct) =>
        {
            var url = SignIn.CheckUrl(await GetAsync(parsed.GetValue(Url), SignIn.UrlVariable, "Address of the service", screen, secret: false, ct));
            var id = await GetAsync(parsed.GetValue(ClientId), SignIn.IdVariable, "Client id", screen, secret: false, ct);
            var secret = await GetAsync(null, SignIn.SecretVariable, "Client secret", screen, secret: true, ct);
            if (new Uri(url) is { Scheme: "http", IsLoopback: false })
                screen.Warn($"{url} is not encrypted: the secret travels in the open.");

            var name = parsed.GetValue(CommonOptions.Profile) ?? ProfileStore.DefaultName;
            var signIn = new SignIn(new(url, id, secret), name);
            using var client = signIn.Connect();
            var who = await client.WhoAmIAsync(ct);

            var configuration = ProfileStore.Read();
            configuration.Profiles[name] = signIn.Profile;
            ProfileStore.Write(configuration with { Current = name });
            screen.Show(who, _ => screen.Say($"Signed in to {who.TenantName} as {who.ClientName}, saved as profile '{name}' in {ProfileStore.Path}."));
            return ExitCodes.Done;
        });

    private static async Task<string> GetAsync(string? given, string variable, string question, Screen screen, bool secret, CancellationToken ct)
    {
        if ((given ?? SignIn.Variable(variable)) is { } known)
            return known;
        if (secret && Console.IsInputRedirected)
        {
            return (await Console.In.ReadLineAsync(ct))?.Trim() is { Length: > 0 } read
                ? read
                : throw new UserErrorException($"No secret came on standard input. Set {SignIn.SecretVariable}, or run 'pls login' in a terminal.");
        }

        if (Console.IsInputRedirected)
            throw new UserErrorException($"The {question.ToLowerInvariant()} is missing: give the option, or set {variable}.");
        var prompt = new TextPrompt<string>(question + ":");
        return (await (secret ? prompt.Secret() : prompt).ShowAsync(screen.Messages, ct)).Trim();
    }
}
