using System.CommandLine;
using PLService.Cli.Output;
using PLService.Client;
using Spectre.Console;

namespace PLService.Cli.Commands;

/// <summary><c>pls people</c>: who is there, and who may sign in.</summary>
internal static class PeopleCommands
{
    private static readonly Option<string?> Q = Text("--q", "Part of the name or of the e-mail address, in any case.", "text");
    private static readonly Option<string?> Of = Text("--organization", "Only people of exactly this organization: an id, or an outside id such as nces:0612345.", "id");
    private static readonly Option<string?> Within = Text("--within", "Only people of this organization or of one below it, and those with a role there.", "id");
    private static readonly Option<Role?> Role = Words.Option<Role>("--role", "Only who has this role.");
    private static readonly Option<EmployeeGroup?> Group = Words.Option<EmployeeGroup>("--employee-group", "Only people employed as this.");
    private static readonly Option<PersonStatus?> Status = Words.Option<PersonStatus>("--status", "Only with this status.");
    private static readonly Option<int> Most = new("--most") { Description = "How many to show at most.", HelpName = "number", DefaultValueFactory = _ => 50 };

    private static readonly Option<string> Name = new("--name") { Description = "The name.", HelpName = "text", Required = true };
    private static readonly Option<string?> Email = Text("--email", "The e-mail address.", "address");
    private static readonly Option<string?> Employer = Text("--organization", "Whose person it is: an id, or an outside id such as nces:0612345.", "id");
    private static readonly Option<string?> Position = Text("--position", "What the person does, in the employer's words.", "text");
    private static readonly Option<EmployeeGroup?> EmployedAs = Words.Option<EmployeeGroup>("--employee-group", "What the person is employed as.");
    private static readonly Option<string?> Language = Text("--language", "The language that the person wants to read; en unless given.", "tag");
    private static readonly Option<string?> TimeZone = Text("--time-zone", "IANA zone; that of the organization unless given.", "zone");
    private static readonly Option<OutsideId[]> Ids = new("--id")
    {
        Description = "An outside id as system:value, such as hr:004711. May be repeated.",
        HelpName = "system:value",
        CustomParser = result => [.. result.Tokens.Select(token =>
        {
            if (token.Value.Split(':', 2) is [{ Length: > 0 } system, { Length: > 0 } value])
                return new OutsideId { System = system, Value = value };
            result.AddError($"--id takes an outside id as system:value, such as hr:004711; found '{token.Value}'.");
            return new OutsideId { System = "", Value = "" };
        })],
    };

    public static Command Build() =>
        new Command("people", "Look after people: list, show, create, deactivate, reactivate.")
        {
            List(),
            Show(),
            Create(),
            Turn(
                "deactivate", "Shut a person out at once; roles and history stay.",
                (client, id, version, ct) => client.DeactivatePersonAsync(id, version, cancellationToken: ct)),
            Turn(
                "reactivate", "Let a deactivated person in again, with the roles that the person had.",
                (client, id, version, ct) => client.ReactivatePersonAsync(id, version, cancellationToken: ct)),
        }
        .WithNotes("Many at once: 'pls import people FILE', and 'pls import memberships FILE' for their roles.");

    private static Command List() =>
        new Command("list", "List the people that you reach, by name.") { Q, Of, Within, Role, Group, Status, Most }
        .WithExamples("pls people list --q moreno", "pls people list --within nces:0612345 --role facilitator", "pls people list --status deactivated --json | jq -r '.[].email'")
        .Runs(async (session, ct) =>
        {
            var parsed = session.Parsed;
            var most = parsed.GetValue(Most);
            var found = await session.Client.ListAllPeopleAsync(
                    q: parsed.GetValue(Q),
                    organizationId: await OrganizationReference.IdAsync(session.Client, parsed.GetValue(Of), ct),
                    withinOrganizationId: await OrganizationReference.IdAsync(session.Client, parsed.GetValue(Within), ct),
                    role: parsed.GetValue(Role), employeeGroup: parsed.GetValue(Group), status: parsed.GetValue(Status), limit: Math.Clamp(most, 1, 500), cancellationToken: ct)
                .Take(most).ToListAsync(ct);
            session.Screen.Show(found, output =>
            {
                var table = Screen.Table("id", "name", "email", "status", "roles", "outside ids");
                foreach (var one in found)
                {
                    table.AddRow(
                        new Text(one.Id.ToString()), new Text(one.Name), new Text(one.Email ?? ""), new Text(Words.Of(one.Status)),
                        new Text(string.Join(", ", one.Memberships.Select(role => Words.Of(role.Role)).Distinct())), new Text(OutsideIds(one)));
                }

                output.Write(table);
            });
            session.Screen.Say(found.Count == 1 ? "1 person" : $"{found.Count} people");
            return ExitCodes.Done;
        });

    private static Command Show() =>
        new Command("show", "Show one person with roles and outside ids.") { PersonReference.Argument }
        .WithExamples("pls people show ada.moreno@example.org", "pls people show hr:004711", "pls people show 0198c1de-0000-7000-8000-000000000000")
        .Runs(async (session, ct) =>
        {
            Draw(session.Screen, await PersonReference.FindAsync(session.Client, session.Parsed.GetRequiredValue(PersonReference.Argument), ct));
            return ExitCodes.Done;
        });

    private static Command Create() =>
        new Command("create", "Add a person, without any role yet.") { Name, Email, Employer, Position, EmployedAs, Language, TimeZone, Ids }
        .WithNotes("'pls memberships add' gives the person a role.")
        .WithExamples("pls people create --name \"Ada Moreno\" --email ada.moreno@example.org --organization nces:0612345 --id hr:004711")
        .Runs(async (session, ct) =>
        {
            var (parsed, client) = (session.Parsed, session.Client);
            Draw(session.Screen, await client.CreatePersonAsync(
                new()
                {
                    Name = parsed.GetRequiredValue(Name),
                    Email = parsed.GetValue(Email),
                    OrganizationId = await OrganizationReference.IdAsync(client, parsed.GetValue(Employer), ct),
                    Position = parsed.GetValue(Position),
                    EmployeeGroup = parsed.GetValue(EmployedAs),
                    Language = parsed.GetValue(Language),
                    TimeZone = parsed.GetValue(TimeZone),
                    Identifiers = parsed.GetValue(Ids) is { Length: > 0 } ids ? ids : null,
                },
                cancellationToken: ct));
            return ExitCodes.Done;
        });

    private static Command Turn(string name, string description, Func<PLServiceClient, Guid, string, CancellationToken, Task<PersonResponse>> turn) =>
        new Command(name, description) { PersonReference.Argument }
        .WithExamples($"pls people {name} ada.moreno@example.org")
        .Runs(async (session, ct) =>
        {
            var one = await PersonReference.FindAsync(session.Client, session.Parsed.GetRequiredValue(PersonReference.Argument), ct);
            Draw(session.Screen, await turn(session.Client, one.Id, EntityTag.Of(one.Version), ct));
            return ExitCodes.Done;
        });

    private static void Draw(Screen screen, PersonResponse one) => screen.Show(one, output =>
    {
        output.Write(Screen.Facts(
            ("id", one.Id.ToString()),
            ("name", one.Name),
            ("email", one.Email),
            ("status", one.DeactivatedAt is { } at ? $"{Words.Of(one.Status)} {Words.Of(at)}" : Words.Of(one.Status)),
            ("organization", one.OrganizationId?.ToString()),
            ("position", one.Position),
            ("employed as", one.EmployeeGroup is { } group ? Words.Of(group) : null),
            ("language", one.Language),
            ("time zone", one.TimeZone),
            ("outside ids", one.Identifiers.Count > 0 ? OutsideIds(one) : null)));
        if (one.Memberships.Count == 0)
            return;
        output.WriteLine();
        var table = Screen.Table("membership", "role", "where", "first day", "last day");
        foreach (var role in one.Memberships)
            table.AddRow(MembershipCommands.Cells(role.Id, role.Role, role.OrganizationName, role.StartsOn, role.EndsOn));
        output.Write(table);
    });

    private static string OutsideIds(PersonResponse one) => string.Join(", ", one.Identifiers.Select(id => $"{id.System}:{id.Value}"));

    private static Option<string?> Text(string name, string description, string value) => new(name) { Description = description, HelpName = value };
}
