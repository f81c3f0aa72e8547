using System.CommandLine;
using System.Text.Json;
using PLService.Cli.Output;
using PLService.Cli.Profiles;
using PLService.Client;

namespace PLService.Cli.Commands;

/// <summary><c>pls export</c>: data out, in the forms in which it goes in again or into a spreadsheet.</summary>
internal static class ExportCommands
{
    private const int WholePages = 500;

    private static readonly Argument<string> Assessment = new("assessment") { Description = "The assessment's id, or its external id." };
    private static readonly Argument<string> Code = new("code") { Description = "Code of the instrument, such as plsr." };
    private static readonly Option<string?> Version = new("--instrument-version") { Description = "Its version; the latest published one unless given.", HelpName = "label" };
    private static readonly Option<string?> Within = new("--within") { Description = "Only this organization and everything below it.", HelpName = "id" };

    private static readonly Option<string?> File = new("--output", "-o") { Description = "Where to write; standard output unless given.", HelpName = "file" };

    public static Command Build() => new("export", "Write results, organizations or an instrument to a file.")
    {
        Results(),
        Organizations(),
        Instrument(),
    };

    private static Command Results() =>
        new Command("results", "The result of a closed assessment as CSV: a row per group, item and axis.") { Assessment, File }
        .WithExamples("pls export results fall-2026-cedar -o cedar.csv")
        .Runs((session, ct) => WriteAsync(session, async output =>
        {
            var one = await AssessmentReference.FindAsync(session.Client, session.Parsed.GetRequiredValue(Assessment), ct);
            using var csv = await session.Client.DownloadAsync($"v1/assessments/{one.Id}/results", "text/csv", ct);
            await csv.Stream.CopyToAsync(output, ct);
        }));

    private static Command Organizations() =>
        new Command("organizations", "Organizations as CSV, as 'pls import --kind organizations' takes them.") { Within, File }
        .WithExamples("pls export organizations -o organizations.csv", "pls export organizations --within nces:0612345")
        .Runs((session, ct) => WriteAsync(session, async output =>
        {
            var root = await OrganizationReference.IdAsync(session.Client, session.Parsed.GetValue(Within), ct);
            var found = await session.Client.ListAllOrganizationsAsync(ancestorId: root, limit: WholePages, cancellationToken: ct).ToListAsync(ct);
            await using var csv = new CsvFile(output);
            await csv.WriteAsync("organization_id_system", "organization_id", "name", "kind", "parent_id_system", "parent_id", "time_zone");
            var ids = found.Where(one => one.Identifiers.Count > 0).ToDictionary(one => one.Id, one => one.Identifiers[0]);
            foreach (var one in found.Where(one => ids.ContainsKey(one.Id)))
            {
                var parent = one.ParentId is { } parentId ? ids.GetValueOrDefault(parentId) : null;
                await csv.WriteAsync(ids[one.Id].System, ids[one.Id].Value, one.Name, Words.Of(one.Kind), parent?.System, parent?.Value, one.TimeZone);
            }

            if (found.Count > ids.Count)
                session.Screen.Warn($"{found.Count - ids.Count} organizations have no outside id, by which a file could name them; they are left out.");
        }));

    private static Command Instrument() =>
        new Command("instrument", "An instrument as one JSON document, as the service takes it again.") { Code, Version, File }
        .WithExamples("pls export instrument plsr -o plsr.json")
        .Runs((session, ct) => WriteAsync(session, async output =>
        {
            var code = session.Parsed.GetRequiredValue(Code);
            var label = session.Parsed.GetValue(Version) ?? await LatestAsync(session.Client, code, ct);
            using var document = await session.Client.DownloadAsync(
                $"v1/instruments/{Uri.EscapeDataString(code)}/versions/{Uri.EscapeDataString(label)}/document", "application/json", ct);
            using var json = await JsonDocument.ParseAsync(document.Stream, cancellationToken: ct);
            await using var writer = new Utf8JsonWriter(output, new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            json.WriteTo(writer);
        }));

    private static async Task<string> LatestAsync(PLServiceClient client, string code, CancellationToken ct) =>
        (await client.GetInstrumentAsync(code, ct)).Versions.FirstOrDefault(version => version.Status == InstrumentVersionStatus.Published)?.Label
        ?? throw new UserErrorException($"{code} has no published version; name one with --instrument-version.");

    private static async Task<int> WriteAsync(Session session, Func<Stream, Task> write)
    {
        if (session.Parsed.GetValue(File) is not { } path)
        {
            await using var standard = Console.OpenStandardOutput();
            await write(standard);
            return ExitCodes.Done;
        }

        // Whole or not at all: a broken connection leaves no half file behind.
        var partial = path + ".partial";
        try
        {
            await using (var file = System.IO.File.Create(partial))
                await write(file);
            System.IO.File.Move(partial, path, overwrite: true);
        }
        finally
        {
            System.IO.File.Delete(partial);
        }

        session.Screen.Say($"Written to {path}.");
        return ExitCodes.Done;
    }
}
