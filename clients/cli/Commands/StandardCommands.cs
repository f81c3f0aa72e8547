using System.CommandLine;
using PLService.Cli.Output;
using PLService.Cli.Profiles;
using PLService.Client;
using Spectre.Console;

namespace PLService.Cli.Commands;

/// <summary><c>pls standards</c>: which frameworks there are, and what stands in them.</summary>
internal static class StandardCommands
{
    private const int WholePages = 500;

    private static readonly Argument<string?> Framework = new("framework")
    {
        Description = "A framework's code or id, to list its standards; all frameworks are listed without it.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Argument<string> Standard = new("standard") { Description = "The standard's id, or framework:code, such as ct-2015:LEA." };
    private static readonly Argument<string[]> Words = new("words") { Description = "Words, each of which must occur.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string?> Within = new("--framework") { Description = "Only in this framework.", HelpName = "code" };
    private static readonly Option<DateOnly?> AsOf = new("--as-of") { Description = "Only what was in force on this day, by the name of then.", HelpName = "date" };
    private static readonly Option<int?> Depth = new("--depth") { Description = "How many levels of a framework to list.", HelpName = "levels" };

    public static Command Build() => new("standards", "Find frameworks and their standards; bring them in and out.")
    {
        List(),
        Show(),
        Search(),
        StandardFiles.Import(),
        StandardFiles.Export(),
    };

    private static Command List() =>
        new Command("list", "List the frameworks, or the standards of one as a tree.") { Framework, Depth }
        .WithExamples("pls standards list", "pls standards list ct-2015", "pls standards list ct-2015 --depth 1 --json | jq -r '.[].code'")
        .Runs(async (session, ct) => session.Parsed.GetValue(Framework) is { } framework
            ? await ListTreeAsync(session, framework, ct)
            : await ListFrameworksAsync(session, ct));

    private static async Task<int> ListFrameworksAsync(Session session, CancellationToken ct)
    {
        var found = await session.Client.ListAllFrameworksAsync(limit: WholePages, cancellationToken: ct).ToListAsync(ct);
        session.Screen.Show(found, output =>
        {
            var table = Screen.Table("code", "title", "status", "by");
            foreach (var one in found)
                table.AddRow(new Text(one.Code), new Text(one.Title), new Text(Commands.Words.Of(one.Status)), new Text(one.Catalog ? "catalog" : one.Creator ?? ""));
            output.Write(table);
        });
        session.Screen.Say(found.Count == 1 ? "1 framework" : $"{found.Count} frameworks");
        return ExitCodes.Done;
    }

    private static async Task<int> ListTreeAsync(Session session, string framework, CancellationToken ct)
    {
        var found = await session.Client.ListAllStandardsAsync(framework, depth: session.Parsed.GetValue(Depth), limit: WholePages, cancellationToken: ct).ToListAsync(ct);
        session.Screen.Show(found, output =>
        {
            foreach (var one in found)
                output.WriteLine($"{new string(' ', 2 * one.Depth)}{one.Code ?? "-"}  {one.Label ?? one.Statement}");
        });
        session.Screen.Say(found.Count == 1 ? "1 standard" : $"{found.Count} standards");
        return ExitCodes.Done;
    }

    private static Command Show() =>
        new Command("show", "Show one standard.") { Standard }
        .WithExamples("pls standards show ct-2015:LEA", "pls standards show 5f3a1d2c-8b7e-4c6d-9a0f-1e2d3c4b5a69 --json")
        .Runs(async (session, ct) =>
        {
            var one = await session.Client.GetStandardAsync(await IdAsync(session.Client, session.Parsed.GetRequiredValue(Standard), ct), ct);
            session.Screen.Show(one, output => output.Write(Screen.Facts(
                ("id", one.Id.ToString()),
                ("framework", $"{one.Framework.Code}: {one.Framework.Title}"),
                ("code", one.Code),
                ("label", one.Label),
                ("statement", one.Statement),
                ("kind", one.ItemType),
                ("below", one.Ancestors.Count > 0 ? string.Join(" > ", one.Ancestors.Select(above => above.Code ?? above.Label ?? above.Statement)) : null),
                ("children", $"{one.Children}"),
                ("from", one.StatusStartDate?.ToString("O")),
                ("to", one.StatusEndDate?.ToString("O")),
                ("replaced by", one.ReplacedBy.Count > 0 ? string.Join(", ", one.ReplacedBy.Select(by => $"{by.FrameworkCode}:{by.Code ?? by.Id.ToString()}")) : null),
                ("notes", one.Notes))));
            return ExitCodes.Done;
        });

    private static Command Search() =>
        new Command("search", "Find standards by words, in all frameworks; former names are found too.") { Words, Within, AsOf }
        .WithExamples("pls standards search learning communities", "pls standards search equity --as-of 2023-01-01")
        .Runs(async (session, ct) =>
        {
            var parsed = session.Parsed;
            var page = await session.Client.SearchStandardsAsync(
                q: string.Join(' ', parsed.GetRequiredValue(Words)), framework: parsed.GetValue(Within), asOf: parsed.GetValue(AsOf), limit: WholePages, cancellationToken: ct);
            session.Screen.Show(page.Items, output =>
            {
                var table = Screen.Table("framework", "code", "standard", "found as");
                foreach (var one in page.Items)
                {
                    table.AddRow(
                        new Text(one.Framework.Code), new Text(one.Code ?? ""), new Text(one.Label ?? one.Statement),
                        new Text(one.MatchedName is { } former ? former.Label ?? former.Code ?? former.Statement : ""));
                }

                output.Write(table);
            });
            session.Screen.Say(page.NextCursor is not null ? $"the first {page.Items.Count} standards; say more to find fewer"
                : page.Items.Count == 1 ? "1 standard" : $"{page.Items.Count} standards");
            return ExitCodes.Done;
        });

    /// <summary>A standard as people name it: by its id, or by framework and code.</summary>
    private static async Task<Guid> IdAsync(PLServiceClient client, string reference, CancellationToken ct)
    {
        if (Guid.TryParse(reference, out var id))
            return id;
        if (reference.Split(':', 2) is not [{ Length: > 0 } framework, { Length: > 0 } code])
            throw new UserErrorException($"'{reference}' is neither a standard's id nor framework:code such as ct-2015:LEA.");
        var found = (await client.SearchStandardsAsync(framework: framework, code: code, limit: 2, cancellationToken: ct)).Items;
        return found.Count switch
        {
            1 => found[0].Id,
            0 => throw new UserErrorException($"There is no standard {code} in {framework}."),
            _ => throw new UserErrorException($"Several standards of {framework} have the code {code}; name one by its id."),
        };
    }
}
