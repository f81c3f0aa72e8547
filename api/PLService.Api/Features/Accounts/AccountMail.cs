using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.Mails;
using PLService.Api.Mailing;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>What people are written about their accounts. Secrets stand in the fragment of a link: what follows a # goes to no server and into no log.</summary>
internal sealed class AccountMail(PLServiceDbContext db, Outbox outbox, AccessOptions options, TimeProvider clock)
{
    private Uri Security => options.WebLink("account/security");

    public Uri PasswordLink(string ticket) => options.WebLink($"choose-password#token={ticket}");

    public Task FirstPasswordAsync(Guid personId, string ticket, DateTimeOffset until, CancellationToken ct) =>
        SendAsync(personId, null, zone => new AccountCreatedMail(PasswordLink(ticket), until, zone), ct);

    public Task ResetAsync(Guid personId, string ticket, DateTimeOffset until, CancellationToken ct) =>
        SendAsync(personId, null, zone => new PasswordResetMail(PasswordLink(ticket), until, zone), ct);

    public Task ConfirmAddressAsync(Guid personId, string address, string ticket, DateTimeOffset until, CancellationToken ct) =>
        SendAsync(personId, address, zone => new EmailChangeMail(address, options.WebLink($"confirm-email#token={ticket}"), until, zone), ct);

    /// <summary>Tells of a change, at the person's address or at the one that it was until now.</summary>
    public Task NoticeAsync(Guid personId, AccountChange change, CancellationToken ct, string? address = null) =>
        SendAsync(personId, address, zone => new AccountNoticeMail(change, clock.GetUtcNow(), zone, Security), ct);

    /// <summary>Tells of a sign-in with a device that the person has not used before; not of the very first one.</summary>
    public async Task NewDeviceAsync(PersonSession session, CancellationToken ct)
    {
        var earlier = db.PersonSessions.Where(s => s.PersonId == session.PersonId && s.Id != session.Id);
        if (await earlier.AnyAsync(ct) && !await earlier.AnyAsync(s => s.Device == session.Device, ct))
            await SendAsync(session.PersonId, null, zone => new SignInNoticeMail(session.CreatedAt, zone, session.Device, Security), ct);
    }

    private async Task SendAsync(Guid personId, string? address, Func<string, MailModel> write, CancellationToken ct)
    {
        var person = await db.People.Where(p => p.Id == personId)
            .Select(p => new { p.Name, p.Email, p.Language, Zone = p.TimeZone ?? db.Organizations.Where(o => o.Id == p.OrganizationId).Select(o => o.TimeZone).FirstOrDefault() })
            .SingleAsync(ct);
        var to = address ?? person.Email;
        // Whoever has no address that can be written to learns of it where they sign in.
        if (EmailAddress.IsValid(to))
            await outbox.QueueAsync(new MailRecipient(to!, person.Name, personId, person.Language), write(person.Zone ?? "UTC"), ct);
    }
}
