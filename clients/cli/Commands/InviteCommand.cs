using System.CommandLine;
using System.Globalization;
using PLService.Cli.Invitations;
using PLService.Cli.Output;
using PLService.Client;
using Spectre.Console;

namespace PLService.Cli.Commands;

/// <summary><c>pls invite</c>: asks one person, or the hundreds of a file, to take a role.</summary>
internal static class InviteCommand
{
    /// <summary>The service takes so many at a time.</summary>
    private const int AtATime = 500;

    private static readonly Option<string?> Email = new("--email") { Description = "Whom to invite.", HelpName = "address" };
    private static readonly Option<Role?> Role = Words.Option<Role>("--role", "The role; with --file, of the rows that name none.");

    private static readonly Option<string?> Organization = new("--organization")
    {
        Description = "Where, as id or system:value; the whole tenant unless given. With --file, of the rows that name none.",
        HelpName = "id",
    };

    private static readonly Option<string?> Name = new("--name") { Description = "The name of a new person.", HelpName = "text" };
    private static readonly Option<string?> Language = new("--language") { Description = "What a new person wants to read: en, es.", HelpName = "tag" };
    private static readonly Option<string?> Note = new("--note") { Description = "A few words for the person.", HelpName = "text" };
    private static readonly Option<string?> Source = new("--file") { Description = "A CSV file of people to invite; - is standard input.", HelpName = "path" };
    private static readonly Option<bool> Link = new("--link") { Description = "Show the links instead of mailing them; each is a secret of the person whom it is for." };
    private static readonly Option<int?> Days = new("--days") { Description = "For how many days they can accept, 1 to 90; 14 unless given.", HelpName = "number" };

    public static Command Build()
    {
        var command = new Command("invite", "Invite one person, or the hundreds of a file, to a role.") { Email, Role, Organization, Name, Language, Note, Source, Link, Days };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Email) is null == result.GetValue(Source) is null)
                result.AddError("Give either --email or --file.");
            else if (result.GetValue(Email) is not null && result.GetValue(Role) is null)
                result.AddError("Give --role.");
            else if (result.GetValue(Source) is not null && (result.GetValue(Name) ?? result.GetValue(Language) ?? result.GetValue(Note)) is not null)
                result.AddError("--name, --language and --note are columns of the file.");
            if (result.GetValue(Days) is < 1 or > 90)
                result.AddError("--days takes 1 to 90.");
        });
        return command
            .WithNotes(
                $"The first row of a file names its columns: {InvitationFile.Described}.",
                "An entry that repeats a pending invitation renews it: the old link loses its force.",
                "When rows are wrong each is told, and nobody is invited; of more than 500 rows, nobody of the same 500.")
            .WithExamples(
                "pls invite --email ada@example.org --role facilitator --organization nces:0612345",
                "pls invite --file teachers.csv --role participant --organization nces:0612345",
                "pls invite --file teachers.csv --link --json | jq -r '.[] | [.email, .link] | @tsv'")
            .Runs(RunAsync);
    }

    private static async Task<int> RunAsync(Session session, CancellationToken ct)
    {
        var parsed = session.Parsed;
        var lines = parsed.GetValue(Source) is { } path
            ? await InvitationFile.ReadAsync(path, parsed.GetValue(Role), parsed.GetValue(Organization), ct)
            : [new(0, One(parsed))];
        var results = new List<InvitationResult>();
        var exit = ExitCodes.Done;
        foreach (var some in lines.Chunk(AtATime))
        {
            try
            {
                results.AddRange((await session.Client.CreateInvitationsAsync(
                    new()
                    {
                        Invitations = [.. some.Select(line => line.Entry)],
                        Deliver = parsed.GetValue(Link) ? InvitationDelivery.Link : InvitationDelivery.Mail,
                        ExpiresAt = parsed.GetValue(Days) is { } days ? DateTimeOffset.UtcNow.AddDays(days).AddMinutes(-1) : null,
                    },
                    ct)).Results);
            }
            catch (ApiProblemException problem) when (some[0].Line > 0 && (results.Count > 0 || problem.Errors.Count > 0))
            {
                Tell(problem, some, session.Screen);
                exit = results.Count > 0 ? ExitCodes.Partly : ExitCodes.Failed;
                break;
            }
        }

        if (results.Count > 0)
            Show(results, session.Screen);
        return exit;
    }

    private static InvitationEntry One(ParseResult parsed) => new()
    {
        Email = parsed.GetValue(Email)!,
        Role = parsed.GetValue(Role)!.Value,
        Organization = InvitationFile.PlaceOf(parsed.GetValue(Organization)),
        Name = parsed.GetValue(Name),
        Language = parsed.GetValue(Language),
        Note = parsed.GetValue(Note),
    };

    private static void Show(List<InvitationResult> results, Screen screen)
    {
        screen.Show(results, output =>
        {
            var hasLinks = results.Exists(result => result.Link is not null);
            var table = Screen.Table(["outcome", "email", "invitation", "expires", .. hasLinks ? (string[])["link"] : []]);
            foreach (var one in results)
            {
                string[] cells = [Words.Of(one.Outcome), one.Email, $"{one.InvitationId}", one.ExpiresAt is { } expires ? Words.Of(expires) : "", .. hasLinks ? (string[])[one.Link ?? ""] : []];
                table.AddRow([.. cells.Select(cell => new Text(cell))]);
            }

            output.Write(table);
        });
        screen.Say(string.Join(", ", results.GroupBy(result => result.Outcome).Select(group => $"{group.Count()} {Words.Of(group.Key)}")));
    }

    // The service counts entries, people count lines.
    private static void Tell(ApiProblemException problem, InvitationLine[] some, Screen screen)
    {
        screen.Fail(problem.Errors.Count > 0 ? "These rows are wrong, and nobody of them was invited:" : problem.Message);
        foreach (var error in problem.Errors)
        {
            var where = error.Pointer.Split('/') is ["", "invitations", var index, ..] && int.TryParse(index, CultureInfo.InvariantCulture, out var at) && at < some.Length
                ? $"line {some[at].Line}, {some[at].Entry.Email}"
                : error.Pointer;
            screen.Fail($"  {where}: {error.Detail} ({error.Code})");
        }

        screen.Say(problem.TraceId is { } trace ? $"code {problem.Code}, trace {trace}" : $"code {problem.Code}");
    }
}
