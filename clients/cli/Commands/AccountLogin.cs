using PLService.Cli.Output;
using PLService.Cli.Profiles;
using PLService.Client;
using Spectre.Console;

namespace PLService.Cli.Commands;

/// <summary>Who signs in where.</summary>
/// <param name="Url">Where the service is.</param>
/// <param name="Tenant">The agency's short name; null asks for it.</param>
/// <param name="Email">The person's address.</param>
/// <param name="Profile">Under which name it is saved.</param>
internal sealed record AccountLoginRequest(string Url, string? Tenant, string Email, string Profile);

/// <summary>Signs a person in by e-mail address and password, where the service itself keeps the account, and saves the session once there is one.</summary>
internal static class AccountLogin
{
    private const int CodeLength = 6;

    public static async Task<int> RunAsync(AccountLoginRequest request, Screen screen, CancellationToken ct)
    {
        using var nobody = SignIn.ConnectAnonymously(request.Url);
        var tenant = request.Tenant ?? (Console.IsInputRedirected
            ? throw new UserErrorException("Give the agency's short name with --tenant.")
            : await AskAsync("Agency's short name", secret: false, screen, ct));
        var password = await AskAsync("Password", secret: true, screen, ct);
        var answer = await nobody.SignInAsync(new SignInRequest { Tenant = tenant, Email = request.Email, Password = password, Client = SessionClient.Cli }, ct);
        var tokens = answer.Tokens ?? await CompleteAsync(nobody, answer.SecondFactor!, screen, ct);

        var person = PersonSignIn.OfAccount(tenant).With(tokens);
        var profile = new Profiles.Profile(request.Url, null, null, person);
        using (await ProfileStore.LockAsync(ct))
        {
            var configuration = ProfileStore.Read();
            configuration.Profiles[request.Profile] = profile;
            ProfileStore.Write(configuration with { Current = request.Profile });
        }

        using var client = new SignIn(profile, "", request.Profile).Connect();
        var me = await client.GetMeAsync(ct);
        screen.Show(me, _ => screen.Say($"Signed in to {me.TenantName} as {me.Name}, saved as profile '{request.Profile}' in {ProfileStore.Path}."));
        return ExitCodes.Done;
    }

    private static async Task<SessionTokens> CompleteAsync(PLServiceClient nobody, SecondFactorChallenge challenge, Screen screen, CancellationToken ct)
    {
        var code = await AskAsync("Code of your authenticator app, or a recovery code", secret: true, screen, ct);
        var isCode = code.Replace(" ", "", StringComparison.Ordinal) is { Length: CodeLength } digits && digits.All(char.IsAsciiDigit);
        return await nobody.CompleteSecondFactorAsync(
            new CompleteSecondFactorRequest { Challenge = challenge.Challenge, Code = isCode ? code : null, RecoveryCode = isCode ? null : code }, ct);
    }

    private static async Task<string> AskAsync(string question, bool secret, Screen screen, CancellationToken ct)
    {
        if (!Console.IsInputRedirected)
        {
            var prompt = new TextPrompt<string>(question + ":");
            return await (secret ? prompt.Secret(null) : prompt).ShowAsync(screen.Messages, ct);
        }

        // A password may begin or end with a space.
        return await Console.In.ReadLineAsync(ct) is { Length: > 0 } line
            ? line
            : throw new UserErrorException($"{question}: nothing came on standard input.");
    }
}
