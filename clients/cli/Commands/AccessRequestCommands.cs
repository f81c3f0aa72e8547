using System.CommandLine;
using PLService.Cli.Invitations;
using PLService.Cli.Output;
using PLService.Client;
using Spectre.Console;

namespace PLService.Cli.Commands;

/// <summary><c>pls access-requests</c>: who asks for a role, and what they are told.</summary>
internal static class AccessRequestCommands
{
    private static readonly Argument<Guid> Id = new("id") { Description = "The request's id." };
    private static readonly Option<AccessRequestStatus?> Status = Words.Option<AccessRequestStatus>("--status", "Only with this status.");
    private static readonly Option<string?> Within = new("--organization") { Description = "Only for roles in this organization, as id or system:value.", HelpName = "id" };
    private static readonly Option<string?> Place = new("--organization") { Description = "Where the role is to hold, as id or system:value; where it was asked for unless given.", HelpName = "id" };
    private static readonly Option<Role?> GivenRole = Words.Option<Role>("--role", "The role to give; the one that was asked for unless given.");
    private static readonly Option<DateOnly?> EndsOn = new("--ends-on") { Description = "Last day of the role.", HelpName = "date" };
    private static readonly Option<string?> Note = new("--note") { Description = "A word to whoever asked.", HelpName = "text" };
    private static readonly Option<string> Reason = new("--note") { Description = "Why not, for whoever asked.", HelpName = "text", Required = true };

    public static Command Build() => new("access-requests", "Look after requests for roles: list, grant, refuse.")
    {
        List(),
        Grant(),
        Refuse(),
    };

    private static Command List() =>
        new Command("list", "List requests for roles.") { Status, Within }
        .WithExamples("pls access-requests list --status open", "pls access-requests list --status open --json | jq -r '.[].id'")
        .Runs(async (session, ct) =>
        {
            var found = await session.Client.ListAllAccessRequestsAsync(
                status: session.Parsed.GetValue(Status), organizationId: await OrganizationReference.IdAsync(session.Client, session.Parsed.GetValue(Within), ct),
                limit: 500, cancellationToken: ct).ToListAsync(ct);
            session.Screen.Show(found, output =>
            {
                var table = Screen.Table("id", "status", "name", "e-mail", "role", "organization", "asked", "reason");
                foreach (var one in found)
                {
                    table.AddRow(
                        new Text(one.Id.ToString()), new Text(Words.Of(one.Status)), new Text(one.Name), new Text(one.Email ?? ""), new Text(Words.Of(one.Role)),
                        new Text(one.OrganizationName ?? "the whole tenant"), new Text(Words.Of(one.CreatedAt)), new Text(one.Reason));
                }

                output.Write(table);
            });
            return ExitCodes.Done;
        });

    private static Command Grant() =>
        new Command("grant", "Grant a request, as it is or with another role or place.") { Id, GivenRole, Place, EndsOn, Note }
        .WithExamples("pls access-requests grant 0198c1de-0000-7000-8000-000000000000", "pls access-requests grant 0198c1de-0000-7000-8000-000000000000 --role viewer --note \"To begin with.\"")
        .Runs(async (session, ct) =>
        {
            var parsed = session.Parsed;
            var one = await session.Client.GetAccessRequestAsync(parsed.GetValue(Id), ct);
            var granted = await session.Client.GrantAccessRequestAsync(
                one.Id, EntityTag.Of(one.Version),
                new() { Role = parsed.GetValue(GivenRole), Organization = InvitationFile.PlaceOf(parsed.GetValue(Place)), EndsOn = parsed.GetValue(EndsOn), Note = parsed.GetValue(Note) },
                cancellationToken: ct);
            session.Screen.Show(granted, _ => session.Screen.Say($"Granted: {granted.Name} as {Words.Of(parsed.GetValue(GivenRole) ?? granted.Role)}."));
            return ExitCodes.Done;
        });

    private static Command Refuse() =>
        new Command("refuse", "Refuse a request, with a word why.") { Id, Reason }
        .WithExamples("pls access-requests refuse 0198c1de-0000-7000-8000-000000000000 --note \"Ask your district, please.\"")
        .Runs(async (session, ct) =>
        {
            var one = await session.Client.GetAccessRequestAsync(session.Parsed.GetValue(Id), ct);
            var refused = await session.Client.RefuseAccessRequestAsync(one.Id, EntityTag.Of(one.Version), new() { Note = session.Parsed.GetRequiredValue(Reason) }, cancellationToken: ct);
            session.Screen.Show(refused, _ => session.Screen.Say($"Refused: {refused.Name} as {Words.Of(refused.Role)}."));
            return ExitCodes.Done;
        });
}
