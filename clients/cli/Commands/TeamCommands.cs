using System.CommandLine;
using PLService.Cli.Output;
using PLService.Client;
using Spectre.Console;

namespace PLService.Cli.Commands;

/// <summary><c>pls teams</c>: which teams there are, who is in them, and what they lack.</summary>
internal static class TeamCommands
{
    private static readonly Argument<Guid> Id = new("id") { Description = "The team's id." };
    private static readonly Option<string?> Organization = new("--organization") { Description = "Only of this organization and of those below it, as id or system:value.", HelpName = "id" };
    private static readonly Option<TeamKind?> Kind = Words.Option<TeamKind>("--kind", "Only of this kind.");
    private static readonly Option<bool> Unmet = new("--unmet") { Description = "Only those that lack somebody whom their kind demands." };

    private sealed record Whole(TeamResponse Team, IReadOnlyList<TeamMemberResponse> Members);

    public static Command Build() => new("teams", "Look at teams: list, show.")
    {
        List(),
        Show(),
    };

    private static Command List() =>
        new Command("list", "List teams, with what they lack.") { Organization, Kind, Unmet }
        .WithExamples("pls teams list", "pls teams list --organization nces:0612345 --kind pdec --unmet")
        .Runs(async (session, ct) =>
        {
            var parsed = session.Parsed;
            var found = await session.Client.ListAllTeamsAsync(
                withinOrganizationId: await OrganizationReference.IdAsync(session.Client, parsed.GetValue(Organization), ct), kind: parsed.GetValue(Kind),
                unmet: parsed.GetValue(Unmet) ? true : null, limit: 500, cancellationToken: ct).ToListAsync(ct);
            session.Screen.Show(found, output =>
            {
                var table = Screen.Table("id", "kind", "status", "members", "name", "lacks");
                foreach (var one in found)
                    table.AddRow(new Text(one.Id.ToString()), new Text(Words.Of(one.Kind)), new Text(Words.Of(one.Status)), new Text($"{one.Members}"), new Text(one.Name), new Text(Lacks(one)));
                output.Write(table);
            });
            return ExitCodes.Done;
        });

    private static Command Show() =>
        new Command("show", "Show a team and who is in it today.") { Id }
        .WithExamples("pls teams show 0198c1de-0000-7000-8000-000000000000")
        .Runs(async (session, ct) =>
        {
            var team = await session.Client.GetTeamAsync(session.Parsed.GetValue(Id), ct);
            var members = await session.Client.ListAllTeamMembersAsync(team.Id, limit: 500, cancellationToken: ct).ToListAsync(ct);
            session.Screen.Show(new Whole(team, members), output =>
            {
                output.Write(Screen.Facts(
                    ("id", team.Id.ToString()), ("name", team.Name), ("kind", Words.Of(team.Kind)), ("status", Words.Of(team.Status)), ("purpose", team.Purpose),
                    ("renews", team.RenewsOn?.ToString("O")), ("lacks", team.Unmet.Count > 0 ? Lacks(team) : null)));
                var table = Screen.Table("name", "role", "speaks for", "until");
                foreach (var one in members)
                    table.AddRow(new Text(one.Name), new Text(one.Role ?? ""), new Text(string.Join(", ", one.Constituencies)), new Text(one.EndsOn?.ToString("O") ?? ""));
                output.Write(table);
            });
            return ExitCodes.Done;
        });

    private static string Lacks(TeamResponse team) => string.Join(", ", team.Unmet.Select(rule => $"{rule.Constituency} ({rule.Found} of {rule.Minimum})"));
}
