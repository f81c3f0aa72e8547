using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain;
using PLService.Api.Domain.Invitations;
using PLService.Api.Domain.Mails;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Mailing;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Invitations;

/// <summary>An invitation on its way to the person.</summary>
internal sealed record InvitationLetter(Invitation Invitation, MailRecipient To, Place? Place, Uri Link);

/// <summary>What sending invitations has in common: links, mail, and who may.</summary>
internal sealed class InvitationDesk(PLServiceDbContext db, Caller caller, RoleReach reach, Outbox outbox, AccessOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

    /// <summary>
    /// One list of a tenant at a time, so that a person whom two invite at the same moment is one person. Whoever makes new secrets takes old ones away.
    /// </summary>
    public async Task BeginAsync(CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('pls.invitation ' || {db.TenantId}::text, 0))", ct);
        var forgotten = clock.GetUtcNow() - Invitation.SecretKept;
        await db.Invitations.Where(i => i.SecretHash != null && i.ExpiresAt < forgotten).ExecuteUpdateAsync(set => set.SetProperty(i => i.SecretHash, (byte[]?)null), ct);
    }

    /// <summary>Until when invitations are good; null when that is too soon or too far.</summary>
    public DateTimeOffset? ExpiryOf(DateTimeOffset? wanted)
    {
        var now = clock.GetUtcNow();
        var expires = wanted?.ToUniversalTime() ?? now.AddDays(Invitation.DefaultDays);
        return expires >= now + Shortest && expires <= now.AddDays(Invitation.MaxDays) ? expires : null;
    }

    /// <summary>Gives the invitation a new link. The secret stands in the fragment, which goes to no server and into no log.</summary>
    public Uri Renew(Invitation invitation, InvitationDelivery delivery, DateTimeOffset expires)
    {
        var secret = new SecretText(db.TenantId, invitation.Id, SecretText.NewSecret());
        invitation.Send(new(secret.Hash, delivery, expires, caller.PersonId, caller.ApiClientId), clock.GetUtcNow());
        return options.WebLink($"invitation#token={secret.Write(InvitationDoor.Prefix)}");
    }

    public async Task MailAsync(IReadOnlyList<InvitationLetter> letters, CancellationToken ct)
    {
        var inviter = caller.PersonId is { } id ? await db.People.Where(p => p.Id == id).Select(p => p.Name).SingleAsync(ct) : null;
        var tenant = await db.Tenants.Select(t => t.Name).SingleAsync(ct);
        await outbox.QueueAsync(
            [.. letters.Select(letter => (letter.To, (MailModel)new InvitationMail(
                inviter, letter.Place?.Name ?? tenant, EnumText.Of(letter.Invitation.Role), letter.Link, letter.Invitation.ExpiresAt, letter.Place?.TimeZone ?? "UTC", letter.Invitation.Note)))],
            ct);
    }

    /// <summary>Sends the invitation again; gives the link, or why not. What it means is looked at anew: people and organizations come and go.</summary>
    public async Task<(Uri? Link, DomainError? Refused)> ResendAsync(Invitation invitation, InvitationDelivery delivery, DateTimeOffset expires, CancellationToken ct)
    {
        if (!await MaySendAsync(invitation, delivery, ct))
            return (null, InvitationErrors.BeyondYourReach);
        var person = await db.People.Where(p => p.Id == invitation.PersonId).Select(p => new { p.Name, p.Email, p.Language, p.Status }).SingleAsync(ct);
        var place = await db.Organizations.Where(o => o.Id == invitation.OrganizationId).Select(o => new Place(o.Id, o.Name, o.TimeZone, o.Status)).SingleOrDefaultAsync(ct);
        if (invitation.RefusesToSend(clock.GetUtcNow()) is { } refused)
            return (null, refused);
        if (person.Status is not PersonStatus.Active)
            return (null, InvitationErrors.PersonDeactivated);
        if (place?.Status is OrganizationStatus.Closed)
            return (null, InvitationErrors.OrganizationClosed);
        if (delivery is InvitationDelivery.Mail && !EmailAddress.IsValid(person.Email))
            return (null, InvitationErrors.NoEmail);

        var link = Renew(invitation, delivery, expires);
        if (delivery is InvitationDelivery.Mail)
            await MailAsync([new(invitation, new MailRecipient(person.Email!, person.Name, invitation.PersonId, person.Language), place, link)], ct);
        return (link, null);
    }

    /// <summary>
    /// Those of these people for whom the caller must not get a link into the hands, because it may be a first way in: people of others, and those who
    /// may do something that the caller could not give.
    /// </summary>
    public async Task<HashSet<Guid>> NotToHandOverAsync(IReadOnlyCollection<Guid> people, CancellationToken ct)
    {
        var beyond = await reach.RolesBeyondAsync(people, ct);
        var own = await db.OwnPeople().Where(p => people.Contains(p.Id)).Select(p => p.Id).ToListAsync(ct);
        beyond.UnionWith(people.Except(own));
        return beyond;
    }

    private async Task<bool> MaySendAsync(Invitation invitation, InvitationDelivery delivery, CancellationToken ct) =>
        await reach.CanGiveAsync(invitation.Role, invitation.OrganizationId, ct)
        && (delivery is InvitationDelivery.Mail || (await NotToHandOverAsync([invitation.PersonId], ct)).Count == 0);
}
