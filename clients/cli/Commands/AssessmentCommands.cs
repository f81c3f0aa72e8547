using System.CommandLine;
using PLService.Cli.Output;
using PLService.Client;
using Spectre.Console;

namespace PLService.Cli.Commands;

/// <summary><c>pls assessments</c>: where they stand, and what they say.</summary>
internal static class AssessmentCommands
{
    private const int WholePages = 500;

    private static readonly Option<string?> Organization = new("--organization") { Description = "Only of this organization.", HelpName = "id" };
    private static readonly Option<string?> Within = new("--within") { Description = "Only of this organization and everything below it.", HelpName = "id" };
    private static readonly Option<string?> Instrument = new("--instrument") { Description = "Only with this instrument.", HelpName = "code" };
    private static readonly Option<string?> Round = new("--round") { Description = "Only of this round.", HelpName = "label" };
    private static readonly Option<string?> ExternalId = new("--external-id") { Description = "Only with this id outside the service.", HelpName = "text" };
    private static readonly Option<AssessmentStatus?> Status = Words.Option<AssessmentStatus>("--status", "Only with this status.");

    public static Command Build() => new("assessments", "Plan, open and close assessments; read tallies and results.")
    {
        List(),
        Show(),
        AssessmentChanges.Create(),
        AssessmentChanges.Open(),
        AssessmentChanges.Close(),
        AssessmentChanges.Reopen(),
        AssessmentChanges.Archive(),
        Tally(),
        Results(),
    };

    private static Command List() =>
        new Command("list", "List the assessments that you reach.") { Organization, Within, Instrument, Round, Status, ExternalId }
        .WithExamples("pls assessments list --round 2026-fall --status open", "pls assessments list --within nces:0612345")
        .Runs(async (session, ct) =>
        {
            var (parsed, client) = (session.Parsed, session.Client);
            var found = await client.ListAllAssessmentsAsync(
                organizationId: await OrganizationReference.IdAsync(client, parsed.GetValue(Organization), ct),
                withinOrganizationId: await OrganizationReference.IdAsync(client, parsed.GetValue(Within), ct),
                instrument: parsed.GetValue(Instrument), round: parsed.GetValue(Round), status: parsed.GetValue(Status),
                externalId: parsed.GetValue(ExternalId), limit: WholePages, cancellationToken: ct).ToListAsync(ct);
            session.Screen.Show(found, output =>
            {
                var table = Screen.Table("id", "status", "round", "instrument", "external id", "title");
                foreach (var one in found)
                {
                    table.AddRow(
                        new Text(one.Id.ToString()), new Text(Words.Of(one.Status)), new Text(one.Round), new Text($"{one.Instrument.Code} {one.Instrument.Version}"),
                        new Text(one.ExternalId ?? ""), new Text(one.Title));
                }

                output.Write(table);
            });
            session.Screen.Say(found.Count == 1 ? "1 assessment" : $"{found.Count} assessments");
            return ExitCodes.Done;
        });

    private static Command Show() =>
        new Command("show", "Show one assessment.") { AssessmentReference.Argument }
        .WithExamples("pls assessments show 0198c1de-0000-7000-8000-000000000000", "pls assessments show fall-2026-cedar")
        .Runs(async (session, ct) =>
        {
            Draw(session.Screen, await AssessmentReference.FindAsync(session, ct));
            return ExitCodes.Done;
        });

    private static Command Tally() =>
        new Command("tally", "Show the figures of an assessment as they are at this moment.") { AssessmentReference.Argument }
        .WithExamples("pls assessments tally fall-2026-cedar")
        .Runs(async (session, ct) =>
        {
            var one = await AssessmentReference.FindAsync(session, ct);
            var tally = await session.Client.GetLiveTallyAsync(one.Id, ct);
            session.Screen.Show(tally, output =>
            {
                output.WriteLine($"{one.Title}, as of {Words.Of(tally.AsOf)}");
                ResultTable.Draw(output, tally.Result);
            });
            return ExitCodes.Done;
        });

    private static Command Results() =>
        new Command("results", "Show the frozen result of a closed assessment: strengths, gaps, every section and item.") { AssessmentReference.Argument, AssessmentReference.Revision }
        .WithExamples("pls assessments results fall-2026-cedar", "pls assessments results fall-2026-cedar --json | jq '.result.whole.gaps'")
        .Runs(async (session, ct) =>
        {
            var one = await AssessmentReference.FindAsync(session, ct);
            var result = session.Parsed.GetValue(AssessmentReference.Revision) is { } revision
                ? await session.Client.GetResultRevisionAsync(one.Id, revision, cancellationToken: ct)
                : await session.Client.GetResultAsync(one.Id, cancellationToken: ct);
            session.Screen.Show(result, output =>
            {
                output.WriteLine($"{one.Title}, result {result.Revision}, frozen {Words.Of(result.FrozenAt)}, SHA-256 {result.Sha256}");
                ResultTable.Draw(output, result.Result);
            });
            return ExitCodes.Done;
        });

    /// <summary>One assessment, as people like to read it.</summary>
    public static void Draw(Screen screen, AssessmentResponse one) => screen.Show(one, output => output.Write(Screen.Facts(
        ("id", one.Id.ToString()),
        ("title", one.Title),
        ("status", Words.Of(one.Status)),
        ("round", one.Round),
        ("instrument", $"{one.Instrument.Code} {one.Instrument.Version}"),
        ("organization", one.OrganizationId.ToString()),
        ("external id", one.ExternalId),
        ("mode", Words.Of(one.Mode)),
        ("roles", one.Roles.Count > 0 ? string.Join(", ", one.Roles) : null),
        ("window opens", one.WindowOpensOn?.ToString("O")),
        ("window closes", one.WindowClosesOn?.ToString("O")),
        ("reopened", one.ReopenReason),
        ("results", one.ResultRevision > 0 ? $"{one.ResultRevision}" : null))));
}
