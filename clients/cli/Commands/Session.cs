using System.CommandLine;
using PLService.Cli.Output;
using PLService.Cli.Profiles;
using PLService.Client;

namespace PLService.Cli.Commands;

/// <summary>What a command works with once it is known who calls.</summary>
internal sealed record Session(ParseResult Parsed, PLServiceClient Client, SignIn SignIn, Screen Screen);

internal static class Running
{
    /// <summary>Runs as the signed-in client; every failure is told in words, with an exit code.</summary>
    public static T Runs<T>(this T command, Func<Session, CancellationToken, Task<int>> action)
        where T : Command => command.RunsAlone(async (parsed, screen, ct) =>
        {
            var signIn = SignIn.Find(parsed.GetValue(CommonOptions.Profile));
            using var client = signIn.Connect();
            return await action(new(parsed, client, signIn, screen), ct);
        });

    /// <summary>Runs without a sign-in.</summary>
    public static T RunsAlone<T>(this T command, Func<ParseResult, Screen, CancellationToken, Task<int>> action)
        where T : Command
    {
        command.SetAction(async (parsed, ct) =>
        {
            var screen = new Screen(parsed.GetValue(CommonOptions.Json));
            try
            {
                return await action(parsed, screen, ct);
            }
            catch (UserErrorException error)
            {
                screen.Fail(error.Message);
            }
            catch (ApiProblemException problem)
            {
                Tell(problem, screen);
            }
            catch (TimeoutException timeout)
            {
                screen.Fail(timeout.Message);
            }
            catch (HttpRequestException lost)
            {
                screen.Fail($"The service cannot be reached: {lost.Message}");
            }
            catch (Exception files) when (files is IOException or UnauthorizedAccessException)
            {
                screen.Fail(files.Message);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                screen.Say("Interrupted.");
                return ExitCodes.Interrupted;
            }

            return ExitCodes.Failed;
        });
        return command;
    }

    private static void Tell(ApiProblemException problem, Screen screen)
    {
        screen.Fail(problem.Code switch
        {
            "sign_in.session_ended" => "Your session has ended. Run 'pls login' with --email again.",
            "oauth.invalid_client" => "The client id or secret is wrong, or the client was revoked. Run 'pls login'.",
            "auth.missing_scope" => $"{problem.Message} ('pls whoami' shows what you may do.)",
            _ => problem.Message,
        });
        foreach (var error in problem.Errors)
            screen.Fail($"  {error.Pointer}: {error.Detail} ({error.Code})");
        screen.Say(problem.TraceId is { } trace ? $"code {problem.Code}, trace {trace}" : $"code {problem.Code}");
    }
}
