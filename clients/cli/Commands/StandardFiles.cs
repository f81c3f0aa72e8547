using System.CommandLine;
using System.Text.Json;
using PLService.Cli.Imports;
using PLService.Cli.Output;
using Spectre.Console;

namespace PLService.Cli.Commands;

/// <summary><c>pls standards import</c> and <c>export</c>: frameworks of standards in and out.</summary>
internal static class StandardFiles
{
    private static readonly Argument<string> Source = new("source") { Description = "A CASE package (.json), a table (.csv), or the https address of a package." };
    private static readonly Argument<string> Framework = new("code") { Description = "Code or id of the framework." };
    private static readonly Option<string?> Code = new("--code") { Description = "Code of a framework that is new; of a table, the framework that it goes into.", HelpName = "code" };
    private static readonly Option<string?> Title = new("--title") { Description = "Title of a framework that a table makes.", HelpName = "text" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Do everything but store; says what would change." };
    private static readonly Option<bool> Publish = new("--publish") { Description = "Publish the framework if it is a draft." };
    private static readonly Option<bool> Csv = new("--csv") { Description = "A table of standards instead of a CASE package." };

    public static Command Import() =>
        new Command("import", "Import a framework: a CASE package from a file or an address, or a table of standards.") { Source, Code, Title, DryRun, Publish }
        .WithNotes("Importing the same again changes nothing. With --json the whole answer, with the first thousand changes.")
        .WithExamples(
            "pls standards import framework.json --dry-run",
            "pls standards import https://standards.example.org/ims/case/v1p1/CFPackages/6a1f0c52-7d0e-4f0b-9a55-0d1c2e3f4a5b --code example-state --publish",
            "pls standards import our-standards.csv --code our-standards --title \"Our standards\"")
        .Runs(async (session, ct) =>
        {
            var answer = await SendAsync(session, session.Parsed.GetRequiredValue(Source), ct);
            session.Screen.Show(answer, output => Draw(output, answer));
            return ExitCodes.Done;
        });

    public static Command Export() =>
        new Command("export", "A framework as a CASE 1.1 package, or its standards as a table.") { Framework, Csv, ExportCommands.File }
        .WithExamples("pls standards export ct-2015 -o ct-2015.json", "pls standards export ct-2015 --csv -o ct-2015.csv")
        .Runs(async (session, ct) =>
        {
            var (form, mediaType) = session.Parsed.GetValue(Csv) ? ("standards.csv", "text/csv") : ("package", "application/json");
            await ExportCommands.WriteAsync(session, async output =>
            {
                using var file = await session.Client.DownloadAsync($"v1/frameworks/{Uri.EscapeDataString(session.Parsed.GetRequiredValue(Framework))}/{form}", mediaType, ct);
                await file.Stream.CopyToAsync(output, ct);
            });
            return ExitCodes.Done;
        });

    private static async Task<JsonElement> SendAsync(Session session, string source, CancellationToken ct)
    {
        var (parsed, client) = (session.Parsed, session.Client);
        if (source.Contains("://", StringComparison.Ordinal))
        {
            using var named = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new
            {
                url = source,
                code = parsed.GetValue(Code),
                dryRun = parsed.GetValue(DryRun),
                publish = parsed.GetValue(Publish),
            }));
            return await client.UploadAsync("v1/frameworks/import-from-url", named, "application/json", ct);
        }

        using var file = ImportSource.Open(source, isZip: false);
        var isTable = Path.GetExtension(source).ToLowerInvariant() is ".csv" or ".tsv";
        var query = string.Join('&', new[] { ("code", parsed.GetValue(Code)), ("title", isTable ? parsed.GetValue(Title) : null), ("dryRun", Given(DryRun)), ("publish", Given(Publish)) }
            .Where(parameter => parameter.Item2 is not null).Select(parameter => $"{parameter.Item1}={Uri.EscapeDataString(parameter.Item2!)}"));
        return await client.UploadAsync($"v1/frameworks/{(isTable ? "import-standards" : "import")}?{query}", file.Stream, isTable ? file.ContentType : "application/json", ct);

        string? Given(Option<bool> flag) => parsed.GetValue(flag) ? "true" : null;
    }

    private static void Draw(IAnsiConsole output, JsonElement answer)
    {
        output.Write(Screen.Facts(
            ("framework", $"{answer.GetProperty("code")}: {answer.GetProperty("title")} ({answer.GetProperty("status")})"),
            ("dry run", answer.GetProperty("dryRun").GetBoolean() ? "nothing was stored" : null)));
        var counts = Screen.Table("", "created", "updated", "unchanged", "removed", "ended", "kept");
        foreach (var part in (string[])["items", "associations", "definitions", "rubrics"])
            counts.AddRow([new Text(part), .. answer.GetProperty(part).EnumerateObject().Select(count => new Text(count.Value.ToString()))]);
        output.Write(counts);
        var changes = Screen.Table("", "", "was", "is");
        foreach (var change in answer.GetProperty("changes").EnumerateArray().Where(change => change.GetProperty("part").GetString() is not "association").Take(50))
            changes.AddRow(((string[])["outcome", "part", "was", "is"]).Select(member => new Text(change.GetProperty(member).ToString())).ToArray());
        if (changes.Rows.Count > 0)
            output.Write(changes);
        foreach (var warning in answer.GetProperty("warnings").EnumerateArray())
            output.WriteLine($"{warning.GetProperty("pointer")}: {warning.GetProperty("detail")} ({warning.GetProperty("count")} times)");
    }
}
