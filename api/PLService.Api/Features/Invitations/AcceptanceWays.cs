using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Invitations;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Invitations;

/// <summary>How an invitation can be accepted.</summary>
/// <param name="ByPassword">By choosing a password, which makes a local account.</param>
/// <param name="ByLogin">With an identity provider, as somebody who is linked to no person yet.</param>
internal sealed record Ways(bool ByPassword, bool ByLogin);

/// <summary>
/// Says how an invitation can be accepted by somebody who is not signed in as the person. Whoever has a way in uses it: a link that was handed over
/// gives a first one only, and a mail, which proves no more than that the address is read, adds a login, but no password, and nothing where a second
/// factor is asked for.
/// </summary>
internal sealed class AcceptanceWays(PLServiceDbContext db)
{
    public async Task<Ways> OfAsync(Invitation invitation, CancellationToken ct)
    {
        var person = invitation.PersonId;
        var known = await db.Tenants.Select(tenant => new
        {
            tenant.LocalAccounts,
            HasLogin = db.PersonLogins.Any(login => login.PersonId == person),
            HasAccount = db.Accounts.Any(account => account.PersonId == person && account.PasswordHash != null) || db.Passkeys.Any(passkey => passkey.PersonId == person),
            NeedsSecondFactor = db.Accounts.Any(account => account.PersonId == person && account.AuthenticatorConfirmedAt != null),
        }).SingleAsync(ct);
        var isFirst = !known.HasLogin && !known.HasAccount;
        return new(isFirst && known.LocalAccounts, isFirst || (invitation.Delivery is InvitationDelivery.Mail && !known.NeedsSecondFactor));
    }

    /// <summary>
    /// Whether the person got roles after the link was handed over: whoever made it may have kept it, and must not come by more than they could
    /// have given then.
    /// </summary>
    public Task<bool> IsOutdatedAsync(Invitation invitation, CancellationToken ct) =>
        invitation.Delivery is InvitationDelivery.Link
            ? db.Memberships.AnyAsync(m => m.PersonId == invitation.PersonId && m.CreatedAt > invitation.SentAt, ct)
            : Task.FromResult(false);
}
