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

    private static readonly Option<string?> Tenant = new("--tenant")
    {
        Description = "Sign in as a person of this tenant, through its identity provider or, with --email, by password: the tenant's short name.",
        HelpName = "name",
    };

    private static readonly Option<string?> Provider = new("--provider") { Description = "Which identity provider, where the tenant has several: its name.", HelpName = "name" };

    private static readonly Option<string?> Email = new("--email") { Description = "Your e-mail address, where the service itself keeps your account.", HelpName = "address" };

    public static Command Build() =>
        new Command("login", "Sign in, and save that under a profile.")
        {
            Url,
            Tenant,
            Provider,
            Email,
            ClientId,
        }
        .WithNotes(
            "With --tenant you get a code to confirm in a browser, on any machine; the sign-in is renewed by itself for as long as your provider lets it.",
            "With --email your password is asked for, and a code when you use an authenticator app; from standard input they come a line each.",
            "Without either you sign in as an API client, with its secret.",
            $"The secret is asked for, or taken from {SignIn.SecretVariable}, or read from standard input when that is not a terminal.",
            "It is never an argument: others on the same machine could read it.",
            $"What you leave out is taken from {SignIn.UrlVariable} and {SignIn.IdVariable}, or asked for.")
        .WithExamples(
            "pls login --url https://pl.example.org --tenant example-state",
            "pls login --url https://pl.example.org --tenant example-state --email ada@example.org",
            "pls login --url https://pl.example.org --client-id plc_...",
            "pls login --profile pilot --url https://pilot.example.org --client-id plc_... < secret.txt")
        .RunsAlone(async (parsed, screen, ct) =>
        {
            var url = SignIn.CheckUrl(await GetAsync(parsed.GetValue(Url), SignIn.UrlVariable, "Address of the service", screen, secret: false, ct));
            if (new Uri(url) is { Scheme: "http", IsLoopback: false })
                screen.Warn($"{url} is not encrypted: what you sign in with travels in the open.");
            var name = parsed.GetValue(CommonOptions.Profile) ?? ProfileStore.DefaultName;
            if (parsed.GetValue(Email) is { } email)
                return await AccountLogin.RunAsync(new(url, parsed.GetValue(Tenant), email, name), screen, ct);
            if (parsed.GetValue(Tenant) is { } tenant)
                return await PersonLogin.RunAsync(url, tenant, parsed.GetValue(Provider), name, screen, ct);

            var id = await GetAsync(parsed.GetValue(ClientId), SignIn.IdVariable, "Client id", screen, secret: false, ct);
            var secret = await GetAsync(null, SignIn.SecretVariable, "Client secret", screen, secret: true, ct);
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
