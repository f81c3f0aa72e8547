using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain;
using PLService.Api.Domain.Invitations;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Invitations;

/// <summary>
/// Finds the invitation of a secret. Only who has the right one learns what became of it; a wrong one, a replaced one and one of no tenant at all
/// get the same answer, and none of them can hold a row.
/// </summary>
internal sealed class InvitationDoor(PLServiceDbContext db, Caller caller, TimeProvider clock)
{
    public const string Prefix = "pli_";

    private SecretText? _written;

    /// <summary>Goes into the tenant that the secret names, as nobody yet; false when it names none.</summary>
    public bool Enter(string token)
    {
        if (SecretText.Read(token, Prefix) is not { } written)
            return false;
        _written = written;
        caller.Become(CallerIdentity.Service(written.TenantId));
        return true;
    }

    /// <summary>The invitation, as it can be accepted now; or why not.</summary>
    public async Task<(Invitation? Invitation, DomainError? Refused)> FindAsync(CancellationToken ct)
    {
        var found = await db.Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.Id == _written!.Id, ct);
        return IsRight(found) ? (found, found!.RefusesToOpen(clock.GetUtcNow())) : (null, InvitationErrors.BadLink);
    }

    /// <summary>The same, its row locked until the transaction ends: of two who accept at the same time the second finds it accepted.</summary>
    public async Task<(Invitation? Invitation, DomainError? Refused)> HoldAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { Refused: { } refused })
            return (null, refused);
        await db.Database.ExecuteSqlAsync($"select 1 from pls.invitation where tenant_id = {db.TenantId} and id = {_written!.Id} for update", ct);
        var held = await db.Invitations.SingleOrDefaultAsync(i => i.Id == _written.Id, ct);
        return IsRight(held) ? (held, held!.RefusesToOpen(clock.GetUtcNow())) : (null, InvitationErrors.BadLink);
    }

    private bool IsRight(Invitation? found) => found?.SecretHash is { } hash && CryptographicOperations.FixedTimeEquals(hash, _written!.Hash);
}
