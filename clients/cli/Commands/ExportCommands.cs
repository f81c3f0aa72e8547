using System.CommandLine;
using System.Text.Json;
using PLService.Cli.Output;
using PLService.Cli.Profiles;
using PLService.Client;

namespace PLService.Cli.Commands;

/// <summary><c>pls export</c>: data out, in the forms in which it goes in again or into a spreadsheet.</summary>
internal static class ExportCommands
{
    /// <summary>Where to write.</summary>
    public static readonly Option<string?> File = new("--output", "-o") { Description = "Where to write; standard output unless given.", HelpName = "file" };

    private static readonly Argument<string> Code = new("code") { Description = "Code of the instrument, such as plsr." };
    private static readonly Option<string?> Version = new("--instrument-version") { Description = "Its version; the latest published one unless given.", HelpName = "label" };

    public static Command Build() => new("export", "Write results, responses, tallies, organizations or an instrument to a file.")
    {
        Results(),
        ExportRecords.Responses(),
        ExportRecords.Tallies(),
        ExportRecords.Organizations(),
        Instrument(),
    };

    private static Command Results() =>
        new Command("results", "The result of a closed assessment as CSV: a row per group, item and axis.") { AssessmentReference.Argument, AssessmentReference.Revision, File }
        .WithNotes("With --json the whole result, as 'pls assessments results --json' shows it.")
        .WithExamples("pls export results fall-2026-cedar -o cedar.csv", "pls export results fall-2026-cedar --revision 1 -o before.csv")
        .Runs(async (session, ct) =>
        {
            var one = await AssessmentReference.FindAsync(session, ct);
            var revision = session.Parsed.GetValue(AssessmentReference.Revision) is { } number ? $"/{number}" : "";
            await WriteAsync(session, async output =>
            {
                using var result = await session.Client.DownloadAsync(
                    $"v1/assessments/{one.Id}/results{revision}", session.Screen.IsJson ? "application/json" : "text/csv", ct);
                await result.Stream.CopyToAsync(output, ct);
            });
            return ExitCodes.Done;
        });

    private static Command Instrument() =>
        new Command("instrument", "An instrument as one JSON document, as the service takes it again.") { Code, Version, File }
        .WithExamples("pls export instrument plsr -o plsr.json", "pls export instrument plsr --instrument-version 1.0")
        .Runs(async (session, ct) =>
        {
            var code = session.Parsed.GetRequiredValue(Code);
            var label = session.Parsed.GetValue(Version) ?? await LatestAsync(session.Client, code, ct);
            await WriteAsync(session, async output =>
            {
                using var document = await session.Client.DownloadAsync(
                    $"v1/instruments/{Uri.EscapeDataString(code)}/versions/{Uri.EscapeDataString(label)}/document", "application/json", ct);
                using var json = await JsonDocument.ParseAsync(document.Stream, cancellationToken: ct);
                await using var writer = new Utf8JsonWriter(output, new() { Indented = true, Encoder = Screen.Relaxed });
                json.WriteTo(writer);
            });
            return ExitCodes.Done;
        });

    /// <summary>Writes what the command line says where it says; <paramref name="write"/> is told the stream.</summary>
    public static async Task WriteAsync(Session session, Func<Stream, Task> write)
    {
        var path = session.Parsed.GetValue(File);
        await OutputFile.WriteAsync(path, write);
        if (path is not null)
            session.Screen.Say($"Written to {path}.");
    }

    private static async Task<string> LatestAsync(PLServiceClient client, string code, CancellationToken ct) =>
        (await client.GetInstrumentAsync(code, ct)).Versions.FirstOrDefault(version => version.Status == InstrumentVersionStatus.Published)?.Label
        ?? throw new UserErrorException($"{code} has no published version; name one with --instrument-version.");
}
