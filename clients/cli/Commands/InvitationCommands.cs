using System.CommandLine;
using PLService.Cli.Output;
using PLService.Client;
using Spectre.Console;

namespace PLService.Cli.Commands;

/// <summary><c>pls invitations</c>: what became of them; <see cref="InviteCommand"/> makes them.</summary>
internal static class InvitationCommands
{
    private static readonly Argument<Guid> Id = new("id") { Description = "The invitation's id." };
    private static readonly Option<InvitationStatus?> Status = Words.Option<InvitationStatus>("--status", "Only with this status.");
    private static readonly Option<string?> Organization = new("--organization") { Description = "Only to roles in this organization, as id or system:value.", HelpName = "id" };
    private static readonly Option<bool> Link = new("--link") { Description = "Show the link instead of mailing it; it is a secret of the person whom it is for." };

    private static readonly Option<int> Most = new("--most")
    {
        Description = "How many to show at most.",
        HelpName = "number",
        DefaultValueFactory = _ => 50,
    };

    public static Command Build() =>
        new Command("invitations", "Look after invitations: list, resend, revoke.")
        {
            List(),
            Resend(),
            Revoke(),
        }
        .WithNotes("'pls invite' makes them.");

    private static Command List() =>
        new Command("list", "List invitations, newest first.") { Status, Organization, Most }
        .WithExamples("pls invitations list --status pending", "pls invitations list --status expired --json | jq -r '.[].id'")
        .Runs(async (session, ct) =>
        {
            var parsed = session.Parsed;
            var most = parsed.GetValue(Most);
            var found = await session.Client.ListAllInvitationsAsync(
                    status: parsed.GetValue(Status), organizationId: await OrganizationReference.IdAsync(session.Client, parsed.GetValue(Organization), ct),
                    limit: Math.Clamp(most, 1, 500), cancellationToken: ct)
                .Take(most).ToListAsync(ct);
            session.Screen.Show(found, output =>
            {
                var table = Screen.Table("id", "status", "email", "role", "organization", "expires");
                foreach (var one in found)
                {
                    table.AddRow(
                        one.Id.ToString(), Words.Of(one.Status), Markup.Escape(one.Email), Words.Of(one.Role), Markup.Escape(one.OrganizationName ?? "the whole tenant"),
                        Words.Of(one.ExpiresAt));
                }

                output.Write(table);
            });
            return ExitCodes.Done;
        });

    private static Command Resend() =>
        new Command("resend", "Send an invitation again, with a new link.") { Id, Link }
        .WithExamples("pls invitations resend 0198c1de-0000-7000-8000-000000000000", "pls invitations resend 0198c1de-0000-7000-8000-000000000000 --link")
        .Runs(async (session, ct) =>
        {
            var one = await session.Client.GetInvitationAsync(session.Parsed.GetValue(Id), ct);
            var delivery = session.Parsed.GetValue(Link) ? InvitationDelivery.Link : InvitationDelivery.Mail;
            var sent = await session.Client.ResendInvitationAsync(one.Id, EntityTag.Of(one.Version), new() { Deliver = delivery }, ct);
            session.Screen.Show(sent, output =>
            {
                if (sent.Link is { } link)
                    output.WriteLine(link);
                session.Screen.Say($"{(sent.Link is null ? "Sent again" : "A new link")} for {one.Email}, good until {Words.Of(sent.Invitation.ExpiresAt)}.");
            });
            return ExitCodes.Done;
        });

    private static Command Revoke() =>
        new Command("revoke", "Take an invitation back.") { Id }
        .WithExamples("pls invitations revoke 0198c1de-0000-7000-8000-000000000000")
        .Runs(async (session, ct) =>
        {
            var one = await session.Client.GetInvitationAsync(session.Parsed.GetValue(Id), ct);
            var revoked = await session.Client.RevokeInvitationAsync(one.Id, EntityTag.Of(one.Version), cancellationToken: ct);
            session.Screen.Show(revoked, _ => session.Screen.Say($"Taken back: {one.Email} as {Words.Of(one.Role)}."));
            return ExitCodes.Done;
        });
}
