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
            if (session.SignIn.Profile.Person is not null)
                return await ShowMeAsync(session, ct);
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

    private static async Task<int> ShowMeAsync(Session session, CancellationToken ct)
    {
        var me = await session.Client.GetMeAsync(ct);
        session.Screen.Show(me, output =>
        {
            output.Write(Screen.Facts(
                ("service", session.SignIn.Profile.Url),
                ("signed in by", session.SignIn.Source),
                ("tenant", $"{me.TenantName} ({me.TenantSlug})"),
                ("person", me.Email is null ? me.Name : $"{me.Name} ({me.Email})")));
            foreach (var place in me.Access)
                output.Write(Screen.Facts(("in", place.OrganizationName ?? "the whole tenant"), ("as", string.Join(", ", place.Roles.Select(role => Words.Of(role)))), ("may", string.Join(' ', place.Scopes))));
        });
        return ExitCodes.Done;
    }
}
