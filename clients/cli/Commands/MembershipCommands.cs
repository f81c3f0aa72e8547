using System.CommandLine;
using PLService.Cli.Output;
using PLService.Cli.Profiles;
using PLService.Client;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace PLService.Cli.Commands;

/// <summary><c>pls memberships</c>: who has which role where.</summary>
internal static class MembershipCommands
{
    private static readonly Argument<Guid> Id = new("id") { Description = "The membership's id, as 'pls memberships list' and 'pls people show' tell it." };
    private static readonly Option<string?> Person = Text("--person", "Only of this person: an id, an e-mail address, or an outside id such as hr:004711.", "person");
    private static readonly Option<string?> Of = Text("--organization", "Only roles in exactly this organization: an id, or an outside id such as nces:0612345.", "id");
    private static readonly Option<string?> Within = Text("--within", "Only roles in this organization or in one below it.", "id");
    private static readonly Option<Role?> Role = Words.Option<Role>("--role", "Only this role.");
    private static readonly Option<int> Most = new("--most") { Description = "How many to show at most.", HelpName = "number", DefaultValueFactory = _ => 50 };

    private static readonly Option<Role?> Given = Words.Option<Role>("--role", "The role.");
    private static readonly Option<string?> Where = Text("--organization", "Where it holds, with everything below: an id, or an outside id such as nces:0612345.", "id");
    private static readonly Option<bool> Everywhere = new("--whole-tenant") { Description = "It holds in the whole tenant." };
    private static readonly Option<DateOnly?> Starts = Day("--starts", "The first day; always unless given.");
    private static readonly Option<DateOnly?> Ends = Day("--ends", "The last day; for good unless given.");
    private static readonly Option<DateOnly?> On = Day("--on", "The last day, in the organization's time zone; the role is taken at once unless given.");

    public static Command Build() =>
        new Command("memberships", "Look after the roles of people: list, add, end.")
        {
            List(),
            Add(),
            End(),
        }
        .WithNotes("Many at once: 'pls import memberships FILE'.");

    /// <summary>A role as a row of a table: id, role, place, first and last day.</summary>
    public static IEnumerable<IRenderable> Cells(Guid id, Role role, string? organization, DateOnly? startsOn, DateOnly? endsOn) =>
    [
        new Text(id.ToString()), new Text(Words.Of(role)), new Text(organization ?? "the whole tenant"), new Text(startsOn?.ToString("O") ?? ""), new Text(endsOn?.ToString("O") ?? ""),
    ];

    private static Command List() =>
        new Command("list", "List who has which role, ended and future ones included.") { Person, Of, Within, Role, Most }
        .WithExamples("pls memberships list --person ada.moreno@example.org", "pls memberships list --within nces:0612345 --role districtLead")
        .Runs(async (session, ct) =>
        {
            var parsed = session.Parsed;
            var most = parsed.GetValue(Most);
            var found = await session.Client.ListAllMembershipsAsync(
                    organizationId: await OrganizationReference.IdAsync(session.Client, parsed.GetValue(Of), ct),
                    withinOrganizationId: await OrganizationReference.IdAsync(session.Client, parsed.GetValue(Within), ct),
                    role: parsed.GetValue(Role), personId: await PersonReference.IdAsync(session.Client, parsed.GetValue(Person), ct),
                    limit: Math.Clamp(most, 1, 500), cancellationToken: ct)
                .Take(most).ToListAsync(ct);
            session.Screen.Show(found, output => Draw(output, found));
            return ExitCodes.Done;
        });

    private static Command Add()
    {
        Given.Required = true;
        return new Command("add", "Give a person a role in an organization and everything below it.") { PersonReference.Argument, Given, Where, Everywhere, Starts, Ends }
            .WithExamples(
                "pls memberships add ada.moreno@example.org --role facilitator --organization nces:0612345",
                "pls memberships add hr:004711 --role agencyAdmin --whole-tenant --ends 2027-06-30")
            .Runs(async (session, ct) =>
            {
                var (parsed, client) = (session.Parsed, session.Client);
                // Nobody gets a role everywhere because an option was forgotten.
                if (parsed.GetValue(Where) is null != parsed.GetValue(Everywhere))
                    throw new UserErrorException("Say where the role holds: with --organization or with --whole-tenant.");
                var person = await PersonReference.IdAsync(client, parsed.GetRequiredValue(PersonReference.Argument), ct);
                var made = await client.CreateMembershipAsync(
                    person!.Value,
                    new()
                    {
                        Role = parsed.GetValue(Given)!.Value,
                        OrganizationId = await OrganizationReference.IdAsync(client, parsed.GetValue(Where), ct),
                        StartsOn = parsed.GetValue(Starts),
                        EndsOn = parsed.GetValue(Ends),
                    },
                    cancellationToken: ct);
                session.Screen.Show(made, output => Draw(output, [made]));
                return ExitCodes.Done;
            });
    }

    private static Command End() =>
        new Command("end", "Take a role from a person, at once or with a last day.") { Id, On }
        .WithExamples("pls memberships end 0198c1de-0000-7000-8000-000000000000", "pls memberships end 0198c1de-0000-7000-8000-000000000000 --on 2027-06-30")
        .Runs(async (session, ct) =>
        {
            var (parsed, client) = (session.Parsed, session.Client);
            var one = await client.GetMembershipAsync(parsed.GetValue(Id), ct);
            var version = EntityTag.Of(one.Version);
            if (parsed.GetValue(On) is { } day)
                one = await client.ReplaceMembershipAsync(one.Id, version, new() { StartsOn = one.StartsOn, EndsOn = day }, cancellationToken: ct);
            else
                await client.DeleteMembershipAsync(one.Id, version, cancellationToken: ct);
            session.Screen.Show(one, output => session.Screen.Say(
                parsed.GetValue(On) is { } last ? $"{one.PersonName} is {Words.Of(one.Role)} until {last:O}." : $"{one.PersonName} is {Words.Of(one.Role)} there no more."));
            return ExitCodes.Done;
        });

    private static void Draw(IAnsiConsole output, IReadOnlyList<MembershipResponse> memberships)
    {
        var table = Screen.Table("membership", "role", "where", "first day", "last day", "person");
        foreach (var one in memberships)
            table.AddRow([.. Cells(one.Id, one.Role, one.OrganizationName, one.StartsOn, one.EndsOn), new Text(one.PersonName)]);
        output.Write(table);
    }

    private static Option<DateOnly?> Day(string name, string description) => new(name) { Description = description, HelpName = "date" };

    private static Option<string?> Text(string name, string description, string value) => new(name) { Description = description, HelpName = value };
}
