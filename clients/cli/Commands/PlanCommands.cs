using System.CommandLine;
using PLService.Cli.Output;
using PLService.Client;
using Spectre.Console;

namespace PLService.Cli.Commands;

/// <summary><c>pls plans</c>: which plans there are, how far they are, and their check-ins.</summary>
internal static class PlanCommands
{
    private static readonly Option<string?> Organization = new("--organization") { Description = "Only of this organization, as id or system:value.", HelpName = "id" };
    private static readonly Option<string?> Within = new("--within") { Description = "Only of this organization and of those below it.", HelpName = "id" };
    private static readonly Option<PlanStatus?> Status = Words.Option<PlanStatus>("--status", "Only with this status; archived ones are left out unless asked for.");
    private static readonly Option<int> Most = new("--most") { Description = "How many to show at most.", HelpName = "number", DefaultValueFactory = _ => 50 };
    private static readonly Option<string?> Csv = new("--csv") { Description = "Write the chart to this file as CSV; - is standard output.", HelpName = "file" };
    private static readonly Option<string?> Pdf = new("--pdf") { Description = "Write the chart to this file as pages to print.", HelpName = "file" };
    private static readonly Option<int> Mark = new("--mark") { Description = "The column that it closes: 30, 60, 90 or 120, or what the plan has.", HelpName = "days", Required = true };
    private static readonly Option<string?> Done = Text("--done", "What was done.");
    private static readonly Option<string?> Benefits = Text("--benefits", "What was good about it.");
    private static readonly Option<string?> Frustrations = Text("--frustrations", "What was hard about it.");
    private static readonly Option<string?> Notes = Text("--notes", "Anything else.");
    private static readonly Option<string?> Early = new("--early") { Description = "Hold it before its day, and why.", HelpName = "reason" };

    public static Command Build() => new("plans", "Look at plans and their charts, hold check-ins; bring plans in and out.")
    {
        List(),
        Show(),
        Chart(),
        CheckIn(),
        ImportCommand.Plans(),
        Export(),
    };

    private static Command List() =>
        new Command("list", "List plans, the newest first.") { Organization, Within, Status, Most }
        .WithExamples("pls plans list", "pls plans list --within nces:0612345 --status active --json | jq -r '.[].id'")
        .Runs(async (session, ct) =>
        {
            var (parsed, client) = (session.Parsed, session.Client);
            var most = parsed.GetValue(Most);
            var found = await client.ListAllPlansAsync(
                    organizationId: await OrganizationReference.IdAsync(client, parsed.GetValue(Organization), ct), withinOrganizationId: await OrganizationReference.IdAsync(client, parsed.GetValue(Within), ct),
                    status: parsed.GetValue(Status), limit: Math.Clamp(most, 1, 500), cancellationToken: ct)
                .Take(most).ToListAsync(ct);
            session.Screen.Show(found, output =>
            {
                var table = Screen.Table("id", "external id", "status", "from", "to", "title");
                foreach (var one in found)
                    table.AddRow(new Text(one.Id.ToString()), new Text(one.ExternalId ?? ""), new Text(Words.Of(one.Status)), new Text($"{one.StartsOn:O}"), new Text($"{one.EndsOn:O}"), new Text(one.Title));
                output.Write(table);
            });
            return ExitCodes.Done;
        });

    private static Command Show() =>
        new Command("show", "Show a plan as a tree: strategies, steps, obstacles.") { PlanReference.Argument }
        .WithExamples("pls plans show plan-2026", "pls plans show plan-2026 --json | jq '.steps[] | select(.status == \"inProgress\").title'")
        .Runs(async (session, ct) =>
        {
            var whole = await session.Client.GetPlanAsync(await PlanReference.IdAsync(session, ct), ct);
            session.Screen.Show(whole, output => PlanScreen.Draw(output, whole));
            return ExitCodes.Done;
        });

    private static Command Chart() =>
        new Command("chart", "Show the chart of a plan: what is planned for each column, and what happened.") { PlanReference.Argument, Pdf, Csv }
        .WithExamples("pls plans chart plan-2026", "pls plans chart plan-2026 --pdf chart.pdf", "pls plans chart plan-2026 --csv -")
        .Runs(async (session, ct) =>
        {
            var (id, pdf, csv) = (await PlanReference.IdAsync(session, ct), session.Parsed.GetValue(Pdf), session.Parsed.GetValue(Csv));
            if (pdf is not null)
                await SaveAsync(session, $"v1/plans/{id}/chart", "application/pdf", pdf, ct);
            if (csv is not null)
                await SaveAsync(session, $"v1/plans/{id}/chart", "text/csv", csv, ct);
            if (pdf is not null || csv is not null)
                return ExitCodes.Done;
            var chart = await session.Client.GetPlanChartAsync(id, cancellationToken: ct);
            session.Screen.Show(chart, output => PlanScreen.Draw(output, chart));
            return ExitCodes.Done;
        });

    private static Command CheckIn() =>
        new Command("check-in", "Close a column of a plan's chart: what is unfinished goes on to the next one.") { PlanReference.Argument, Mark, Done, Benefits, Frustrations, Notes, Early }
        .WithExamples("pls plans check-in plan-2026 --mark 30 --done \"All teams met.\" --frustrations \"No substitutes on Fridays.\"")
        .Runs(async (session, ct) =>
        {
            var parsed = session.Parsed;
            var early = parsed.GetValue(Early);
            var held = await session.Client.CreateCheckInAsync(
                await PlanReference.IdAsync(session, ct),
                new()
                {
                    Mark = parsed.GetValue(Mark),
                    Done = parsed.GetValue(Done),
                    Benefits = parsed.GetValue(Benefits),
                    Frustrations = parsed.GetValue(Frustrations),
                    Notes = parsed.GetValue(Notes),
                    Early = early is null ? null : true,
                    EarlyReason = early,
                },
                cancellationToken: ct);
            session.Screen.Show(held, _ => session.Screen.Say($"Day {held.Mark} is closed, with {(held.Steps.Count == 1 ? "1 step" : $"{held.Steps.Count} steps")}; 'pls plans chart' shows what goes on."));
            return ExitCodes.Done;
        });

    private static Command Export() =>
        new Command("export", "Plans with strategies, steps and obstacles as CSV, in the form of 'pls plans import'; NDJSON with --json.") { Organization, Within, Status, ExportCommands.File }
        .WithNotes("Sent back it changes nothing. Owners are named where you may read people.")
        .WithExamples("pls plans export -o plans.csv", "pls plans export --within nces:0612345 --status active --json > plans.ndjson")
        .Runs(async (session, ct) =>
        {
            var (parsed, client) = (session.Parsed, session.Client);
            var filters = new (string Name, object? Value)[]
            {
                ("organizationId", await OrganizationReference.IdAsync(client, parsed.GetValue(Organization), ct)),
                ("withinOrganizationId", await OrganizationReference.IdAsync(client, parsed.GetValue(Within), ct)),
                ("status", parsed.GetValue(Status) is { } status ? Words.Of(status) : null),
            };
            var query = string.Join('&', filters.Where(filter => filter.Value is not null).Select(filter => $"{filter.Name}={filter.Value}"));
            await ExportCommands.WriteAsync(session, async output =>
            {
                using var file = await client.DownloadAsync($"v1/plans/export?{query}", session.Screen.IsJson ? "application/x-ndjson" : "text/csv", ct);
                await file.Stream.CopyToAsync(output, ct);
            });
            return ExitCodes.Done;
        });

    private static async Task SaveAsync(Session session, string address, string mediaType, string path, CancellationToken ct)
    {
        var file = path == "-" ? null : path;
        await OutputFile.WriteAsync(file, async output =>
        {
            using var answer = await session.Client.DownloadAsync(address, mediaType, ct);
            await answer.Stream.CopyToAsync(output, ct);
        });
        if (file is not null)
            session.Screen.Say($"Written to {file}.");
    }

    private static Option<string?> Text(string name, string description) => new(name) { Description = description, HelpName = "text" };
}
