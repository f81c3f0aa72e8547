using System.CommandLine;
using System.Text.Json;
using PLService.Cli.Output;
using PLService.Cli.Profiles;
using PLService.Client;
using Spectre.Console;

namespace PLService.Cli.Commands;

/// <summary><c>pls toolkit</c>: toolkits, and the teams that work through them.</summary>
internal static class ToolkitCommands
{
    private static readonly Argument<string> Code = new("code") { Description = "Code of the toolkit." };
    private static readonly Argument<string> Source = new("file") { Description = "The toolkit as JSON; - reads standard input." };
    private static readonly Option<string?> Version = new("--toolkit-version") { Description = "Its version; the latest published one unless given.", HelpName = "label" };
    private static readonly Option<string?> Organization = new("--organization") { Description = "Only in this organization and in those below it, as id or system:value.", HelpName = "id" };
    private static readonly Option<string?> OfToolkit = new("--toolkit") { Description = "Only with this toolkit.", HelpName = "code" };

    public static Command Build() => new("toolkit", "Look at toolkits and at the teams that work through them; bring toolkits in and out.")
    {
        List(),
        Show(),
        Runs(),
        Export(),
        Import(),
    };

    private static Command List() =>
        new Command("list", "List toolkits.")
        .WithExamples("pls toolkit list", "pls toolkit list --json | jq -r '.[].code'")
        .Runs(async (session, ct) =>
        {
            var found = await session.Client.ListAllToolkitsAsync(limit: 500, cancellationToken: ct).ToListAsync(ct);
            session.Screen.Show(found, output =>
            {
                var table = Screen.Table("code", "title", "versions", "by");
                foreach (var one in found)
                {
                    table.AddRow(
                        new Text(one.Code), new Text(English(one.Title)), new Text(string.Join(", ", one.Versions.Select(version => $"{version.Label} ({Words.Of(version.Status)})"))),
                        new Text(one.Catalog ? "catalog" : "you"));
                }

                output.Write(table);
            });
            return ExitCodes.Done;
        });

    private static Command Show() =>
        new Command("show", "Show the tools of a toolkit, in their order.") { Code, Version }
        .WithExamples("pls toolkit show ct-foundations", "pls toolkit show ct-foundations --toolkit-version 1.0 --json")
        .Runs(async (session, ct) =>
        {
            var (code, label) = await VersionAsync(session, ct);
            var one = await session.Client.GetToolkitVersionAsync(code, label, ct);
            session.Screen.Show(one, output =>
            {
                output.Write(Screen.Facts(
                    ("toolkit", $"{one.Code} {one.Label} ({Words.Of(one.Status)})"), ("title", English(one.Document.Title)), ("source", one.Document.Source), ("licence", one.Document.Licence)));
                foreach (var tool in one.Document.Tools)
                    output.WriteLine($"  {tool.Code}  {English(tool.Title)}");
            });
            return ExitCodes.Done;
        });

    private static Command Runs() =>
        new Command("runs", "List the teams that work through toolkits, and how far they are.") { Organization, OfToolkit }
        .WithExamples("pls toolkit runs", "pls toolkit runs --organization nces:0612345")
        .Runs(async (session, ct) =>
        {
            var found = await session.Client.ListAllToolkitRunsAsync(
                withinOrganizationId: await OrganizationReference.IdAsync(session.Client, session.Parsed.GetValue(Organization), ct), toolkit: session.Parsed.GetValue(OfToolkit),
                limit: 500, cancellationToken: ct).ToListAsync(ct);
            session.Screen.Show(found, output =>
            {
                var table = Screen.Table("id", "toolkit", "team", "done", "next");
                foreach (var one in found)
                {
                    table.AddRow(
                        new Text(one.Id.ToString()), new Text($"{one.Toolkit.Code} {one.Toolkit.Version}"), new Text(one.TeamName),
                        new Text($"{one.Tools.Count(tool => tool.State is ToolState.Done)} of {one.Tools.Count}"), new Text(one.NextTool ?? ""));
                }

                output.Write(table);
            });
            return ExitCodes.Done;
        });

    private static Command Export() =>
        new Command("export", "A toolkit as one JSON document, as the service takes it again.") { Code, Version, ExportCommands.File }
        .WithExamples("pls toolkit export ct-foundations -o toolkit.json")
        .Runs(async (session, ct) =>
        {
            var (code, label) = await VersionAsync(session, ct);
            await ExportCommands.WriteAsync(session, async output =>
            {
                using var document = await session.Client.DownloadAsync($"v1/toolkits/{Uri.EscapeDataString(code)}/versions/{Uri.EscapeDataString(label)}/document", "application/json", ct);
                using var json = await JsonDocument.ParseAsync(document.Stream, cancellationToken: ct);
                await using var writer = new Utf8JsonWriter(output, new() { Indented = true, Encoder = Screen.Relaxed });
                json.WriteTo(writer);
            });
            return ExitCodes.Done;
        });

    private static Command Import() =>
        new Command("import", "Import a toolkit of your own from a JSON document, as a draft.") { Source }
        .WithExamples("pls toolkit export ct-foundations | jq '.code = \"ours\"' > ours.json", "pls toolkit import ours.json")
        .Runs(async (session, ct) =>
        {
            var file = session.Parsed.GetRequiredValue(Source);
            if (file != "-" && !File.Exists(file))
                throw new UserErrorException($"There is no file '{file}'.");
            await using var stream = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
            var made = await session.Client.UploadAsync("v1/toolkits", stream, "application/json", ct);
            session.Screen.Show(made, _ => session.Screen.Say($"{made.GetProperty("code")} {made.GetProperty("label")} is in as a {made.GetProperty("status")}."));
            return ExitCodes.Done;
        });

    private static async Task<(string Code, string Label)> VersionAsync(Session session, CancellationToken ct)
    {
        var code = session.Parsed.GetRequiredValue(Code);
        return (code, session.Parsed.GetValue(Version)
            ?? (await session.Client.GetToolkitAsync(code, ct)).Versions.FirstOrDefault(version => version.Status is ToolkitVersionStatus.Published)?.Label
            ?? throw new UserErrorException($"{code} has no published version; name one with --toolkit-version."));
    }

    private static string English(IReadOnlyDictionary<string, string> text) => text.GetValueOrDefault("en") ?? text.Values.FirstOrDefault() ?? "";
}
