using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PLService.Cli.Commands;
using PLService.Cli.Output;
using PLService.Client;
using Spectre.Console;

namespace PLService.Cli.Imports;

/// <summary>Waits for an import's end, and tells what became of it.</summary>
internal static class ImportOutcome
{
    public static readonly Option<string?> ErrorFile = new("--error-file")
    {
        Description = "Where to save the rows with errors; beside the file unless given.",
        HelpName = "file",
    };

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>The import once it has ended.</summary>
    public static async Task<ImportResponse> WaitAsync(Session session, ImportResponse import, CancellationToken ct)
    {
        var done = import.BytesDone;
        try
        {
            return await session.Screen.WatchAsync("Importing", import.SizeBytes, () => Volatile.Read(ref done), PollAsync(), ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            session.Screen.Say($"The service goes on without you. 'pls imports wait {import.Id}' waits again, 'pls imports cancel {import.Id}' stops it.");
            throw;
        }

        async Task<ImportResponse> PollAsync()
        {
            var pause = ShortestPause;
            while (import.Status is ImportStatus.Queued or ImportStatus.Running)
            {
                await Task.Delay(pause, ct);
                pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
                import = await session.Client.GetImportAsync(import.Id, ct);
                Volatile.Write(ref done, import.BytesDone);
            }

            return import;
        }
    }

    /// <summary>Shows receipt and errors, saves the rejected rows, and says by its exit code what became of the file.</summary>
    public static async Task<int> ShowAsync(Session session, ImportResponse import, string errorFile, CancellationToken ct)
    {
        var saved = import.Receipt is { Rejected: > 0 } ? session.Parsed.GetValue(ErrorFile) ?? errorFile : null;
        if (saved is not null)
            await OutputFile.WriteAsync(saved, output => CopyErrorsAsync(session, import.Id, raw: false, output, ct));
        if (session.Screen.IsJson)
        {
            var json = JsonSerializer.SerializeToNode(import, PLServiceClient.WireOptions)!.AsObject();
            if (saved is not null)
                json["errorFile"] = saved;
            session.Screen.Show<JsonNode>(json, _ => { });
        }
        else
        {
            Tell(session.Screen, import, saved);
        }

        return ExitCodeOf(import);
    }

    /// <summary>Streams the rejected rows, with the reason in each.</summary>
    public static async Task CopyErrorsAsync(Session session, Guid importId, bool raw, Stream output, CancellationToken ct)
    {
        using var errors = await session.Client.GetImportErrorFileAsync(importId, raw ? true : null, ct);
        await errors.Stream.CopyToAsync(output, ct);
    }

    private static int ExitCodeOf(ImportResponse import) => import switch
    {
        { Status: not ImportStatus.Completed } => ExitCodes.Failed,
        { Receipt: { Rejected: > 0, Accepted: 0 } } => ExitCodes.Failed,
        { Receipt.Rejected: > 0 } => ExitCodes.Partly,
        _ => ExitCodes.Done,
    };

    /// <summary>The receipt, as people like to read it.</summary>
    public static void Draw(IAnsiConsole output, ImportResponse import, ImportReceipt receipt)
    {
        output.WriteLine(Headline(import, receipt));
        output.Write(Screen.Facts(
            ("assessments", Made(receipt.Assessments)),
            ("responses", Changes(receipt.Responses)),
            ("ratings", Changes(receipt.Ratings)),
            ("tallies", Changes(receipt.Tallies)),
            ("organizations", Changes(receipt.Organizations)),
            ("people", Changes(receipt.People)),
            ("memberships", Changes(receipt.Memberships)),
            ("plans", Changes(receipt.Plans)),
            ("strategies, steps, obstacles", Changes(receipt.PlanParts)),
            ("repeated rows", receipt.Repeated > 0 ? Number(receipt.Repeated) : null)));
        if (receipt.Issues.Count > 0)
            output.Write(Issues(receipt.Issues));
    }

    private static void Tell(Screen screen, ImportResponse import, string? errorFile)
    {
        if (import.Receipt is { } receipt)
            screen.Show(receipt, output => Draw(output, import, receipt));
        if (import.Status is ImportStatus.Failed)
            screen.Fail($"{import.ErrorDetail ?? "Nothing of it was taken."} ({import.ErrorCode})");
        if (import.ErrorCode is "import.rows_rejected")
            screen.Say("With --on-error skip the other rows are taken.");
        if (import.ErrorCode is "import.too_many_deactivated")
            screen.Say("If the file is right, --max-deactivated-share 1 lets it deactivate any number.");
        if (import.ErrorCode is "import.warnings_not_accepted")
            screen.Say("With --accept-warnings they are taken as right.");
        if (errorFile is not null)
            screen.Say($"The rows with errors are in {errorFile}: mend them there and import that file.");
        screen.Say($"import {import.Id}");
    }

    private static string Headline(ImportResponse import, ImportReceipt receipt)
    {
        var speed = receipt.Seconds > 0 ? $" in {receipt.Seconds.ToString("0.0", CultureInfo.InvariantCulture)} s, {Number((long)(receipt.Records / receipt.Seconds))} rows/s" : "";
        var what = import.Status switch
        {
            ImportStatus.Completed when receipt.DryRun => "Dry run, nothing is stored",
            ImportStatus.Completed when receipt.Rejected == 0 => "All rows are in",
            ImportStatus.Completed => "Some rows are in",
            ImportStatus.Failed => "No row is in",
            _ => Words.Of(import.Status),
        };
        return $"{what}: {Number(receipt.Records)} rows, {Number(receipt.Rejected)} with errors{speed}";
    }

    private static Table Issues(IReadOnlyList<ImportReceiptIssueGroup> issues)
    {
        var table = Screen.Table("count", "", "code", "column", "first line", "what is wrong");
        foreach (var issue in issues)
        {
            table.AddRow(
                new Text(Number(issue.Count)), new Text(issue.Severity), new Text(issue.Code), new Text(issue.Column ?? ""),
                new Text(issue.FirstLine > 0 ? Number(issue.FirstLine) : ""), new Text(issue.Detail));
        }

        return table;
    }

    private static string? Made(ImportReceiptCreatedAndClosed made) => made is { Created: 0, Closed: 0 } ? null : $"{Number(made.Created)} created, {Number(made.Closed)} closed";

    private static string? Changes(ImportReceiptOutcomes changes) => changes is { Created: 0, Updated: 0, Unchanged: 0 }
        ? null
        : $"{Number(changes.Created)} created, {Number(changes.Updated)} updated, {Number(changes.Unchanged)} unchanged";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
