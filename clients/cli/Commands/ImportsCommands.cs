using System.CommandLine;
using System.Globalization;
using PLService.Cli.Imports;
using PLService.Cli.Output;
using PLService.Client;
using Spectre.Console;

namespace PLService.Cli.Commands;

/// <summary><c>pls imports</c>: what was imported, and what became of it.</summary>
internal static class ImportsCommands
{
    private static readonly Argument<Guid> Id = new("id") { Description = "The import's id." };
    private static readonly Option<ImportStatus?> Status = Words.Option<ImportStatus>("--status", "Only with this status.");
    private static readonly Option<ImportKind?> Kind = Words.Option<ImportKind>("--kind", "Only of this kind.");

    private static readonly Option<int> Most = new("--most")
    {
        Description = "How many to show at most.",
        HelpName = "number",
        DefaultValueFactory = _ => 50,
    };

    private static readonly Option<bool> Raw = new("--raw") { Description = "Without the apostrophe that keeps spreadsheets from running a cell as a formula." };

    public static Command Build() => new("imports", "Look after imports: list, show, wait, issues, errors, cancel, undo.")
    {
        List(),
        Show(),
        Wait(),
        Issues(),
        Errors(),
        Cancel(),
        Undo(),
    };

    private static Command List() =>
        new Command("list", "List imports, newest first.") { Status, Kind, Most }
        .WithExamples("pls imports list", "pls imports list --status failed --most 10")
        .Runs(async (session, ct) =>
        {
            var parsed = session.Parsed;
            var found = await session.Client.ListAllImportsAsync(status: parsed.GetValue(Status), kind: parsed.GetValue(Kind), limit: Page(parsed), cancellationToken: ct)
                .Take(parsed.GetValue(Most)).ToListAsync(ct);
            session.Screen.Show(found, output =>
            {
                var table = Screen.Table("id", "kind", "status", "created", "rows", "errors", "file");
                foreach (var one in found)
                {
                    table.AddRow(
                        one.Id.ToString(), Words.Of(one.Kind), Words.Of(one.Status), one.CreatedAt.LocalDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                        $"{one.Receipt?.Records}", $"{one.Receipt?.Rejected}", Markup.Escape(one.FileName ?? ""));
                }

                output.Write(table);
            });
            return ExitCodes.Done;
        });

    private static Command Show() =>
        new Command("show", "Show one import and its receipt.") { Id }
        .WithExamples("pls imports show 0198c1de-0000-7000-8000-000000000000")
        .Runs(async (session, ct) =>
        {
            var one = await session.Client.GetImportAsync(session.Parsed.GetValue(Id), ct);
            session.Screen.Show(one, output =>
            {
                output.Write(Screen.Facts(
                    ("id", one.Id.ToString()),
                    ("kind", Words.Of(one.Kind)),
                    ("status", Words.Of(one.Status)),
                    ("step", one.Step),
                    ("file", one.FileName),
                    ("bytes", one.SizeBytes.ToString("N0", CultureInfo.InvariantCulture)),
                    ("created", one.CreatedAt.LocalDateTime.ToString(CultureInfo.InvariantCulture)),
                    ("finished", one.FinishedAt?.LocalDateTime.ToString(CultureInfo.InvariantCulture)),
                    ("failed with", one.ErrorCode is null ? null : $"{one.ErrorDetail} ({one.ErrorCode})")));
                if (one.Receipt is not null)
                    ImportOutcome.Draw(output, one, one.Receipt);
            });
            return ExitCodes.Done;
        });

    private static Command Wait() =>
        new Command("wait", "Wait for an import's end; exit codes as of 'pls import'.") { Id, ImportOutcome.ErrorFile }
        .WithExamples("pls imports wait 0198c1de-0000-7000-8000-000000000000")
        .Runs(async (session, ct) =>
        {
            var ended = await ImportOutcome.WaitAsync(session, await session.Client.GetImportAsync(session.Parsed.GetValue(Id), ct), ct);
            return await ImportOutcome.ShowAsync(session, ended, ImportSource.DefaultErrorFile(ended), ct);
        });

    private static Command Issues() =>
        new Command("issues", "List what was wrong with a file, line by line.") { Id, Most }
        .WithExamples("pls imports issues 0198c1de-0000-7000-8000-000000000000", "pls imports issues 0198c1de-0000-7000-8000-000000000000 --json | jq -r '.[].code' | sort | uniq -c")
        .Runs(async (session, ct) =>
        {
            var (parsed, id) = (session.Parsed, session.Parsed.GetValue(Id));
            var found = await session.Client.ListAllImportIssuesAsync(id, limit: Page(parsed), cancellationToken: ct).Take(parsed.GetValue(Most)).ToListAsync(ct);
            session.Screen.Show(found, output =>
            {
                var table = Screen.Table("line", "", "code", "column", "value", "what is wrong");
                foreach (var one in found)
                    table.AddRow(new Text($"{one.Line}"), new Text(one.Severity), new Text(one.Code), new Text(one.Column ?? ""), new Text(one.Value ?? ""), new Text(one.Detail));
                output.Write(table);
            });
            return ExitCodes.Done;
        });

    private static Command Errors() =>
        new Command("errors", "Save the rows that were refused, with the reason in each: mend them there and import that file.") { Id, ExportCommands.File, Raw }
        .WithExamples("pls imports errors 0198c1de-0000-7000-8000-000000000000 -o mend.csv")
        .Runs(async (session, ct) =>
        {
            var id = session.Parsed.GetValue(Id);
            await ExportCommands.WriteAsync(session, output => ImportOutcome.CopyErrorsAsync(session, id, session.Parsed.GetValue(Raw), output, ct));
            return ExitCodes.Done;
        });

    private static Command Cancel() =>
        new Command("cancel", "Stop an import that has not ended; nothing of it is in.") { Id }
        .WithExamples("pls imports cancel 0198c1de-0000-7000-8000-000000000000")
        .Runs(async (session, ct) =>
        {
            var one = await session.Client.CancelImportAsync(session.Parsed.GetValue(Id), cancellationToken: ct);
            session.Screen.Show(one, _ => session.Screen.Say($"Import {one.Id} is asked to stop; 'pls imports wait {one.Id}' tells when it has."));
            return ExitCodes.Done;
        });

    private static Command Undo() =>
        new Command("undo", "Take back what an import changed, as long as nothing has changed since.") { Id }
        .WithExamples("pls imports undo 0198c1de-0000-7000-8000-000000000000")
        .Runs(async (session, ct) =>
        {
            var one = await session.Client.UndoImportAsync(session.Parsed.GetValue(Id), cancellationToken: ct);
            session.Screen.Show(one, _ => session.Screen.Say($"Import {one.Id} is undone: everything is as it was before."));
            return ExitCodes.Done;
        });

    private static int Page(ParseResult parsed) => Math.Clamp(parsed.GetValue(Most), 1, 500);
}
