using System.CommandLine;
using PLService.Cli.Output;

namespace PLService.Cli.Commands;

/// <summary>Who one is to the service, and what one may do.</summary>
internal static class WhoAmICommand
{
    public static Command Build() =>
        new Command("whoami", "Show where you are signed in, as whom, and what you may do.")
        .WithExamples("pls whoami", "pls whoami --json | jq -r '.scopes[]'")
        .Runs(async (session, ct) =>
        {
            var who = await session.Client.WhoAmIAsync(ct);
            session.Screen.Show(who, output => output.Write(Screen.Facts(
                ("service", session.SignIn.Profile.Url),
                ("signed in by", session.SignIn.Source),
                ("tenant", $"{who.TenantName} ({who.TenantSlug})"),
                ("client", $"{who.ClientName} ({who.ClientId})"),
                ("reaches", who.OrganizationId is null ? "the whole tenant" : $"{who.OrganizationName} and what is below it"),
                ("may", string.Join('\n', who.Scopes)))));
            return ExitCodes.Done;
        });
}
