using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>Takes roles back that an import gave, and gives those that it changed their days again: both only by whom they could be given.</summary>
internal sealed class MembershipUndo(PLServiceDbContext db, Caller caller, RoleReach reach, LastAdmin lastAdmin, AuditBatch audit, TimeProvider clock)
{
    /// <summary>Undoes it; null when done, else why it cannot be.</summary>
    public async Task<DomainError?> UndoAsync(Guid importId, CancellationToken ct)
    {
        var store = new MembershipStore((NpgsqlConnection)db.Database.GetDbConnection(), caller.TenantId, clock.GetUtcNow().UtcDateTime);
        var before = await store.KeptAsync(importId, ct);
        if (before.Count == 0)
            return null;
        var found = await store.FindAsync([.. before.Keys], ct);
        if (await RefusesAsync(found, before, ct) is { } refused)
            return refused;

        await Statements.JoinByHashAsync((NpgsqlConnection)db.Database.GetDbConnection(), ct);
        var made = found.FindAll(m => before[m.Id] is null);
        var changed = found.Where(m => before[m.Id] is not null).Select(m => (Membership: m, Days: before[m.Id]!)).ToList();
        if (await store.DeleteAsync([.. made.Select(m => m.Id)], ct) < made.Count || !await store.ChangeAsync(changed, ct))
            return ImportErrors.ChangedSince;
        await store.TouchAsync(found.Select(m => m.PersonId), ct);
        db.GrantsChanged.UnionWith(found.Select(m => m.PersonId));
        made.ForEach(m => Record("membership.deleted", m, m.Days, importId));
        changed.ForEach(c => Record("membership.changed", c.Membership, c.Days, importId));
        await audit.WriteAsync(ct);
        return null;
    }

    private async Task<DomainError?> RefusesAsync(List<StoredMembership> found, Dictionary<Guid, MembershipDays?> before, CancellationToken ct)
    {
        if (!await reach.CanGiveAllAsync([.. found.Select(m => m.Grant).Distinct()], ct))
            return MembershipErrors.BeyondYourReach;
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        // Days of old can be bounds that were not there meanwhile.
        var taken = found.Where(m => m.Grant is { Role: Role.AgencyAdmin, OrganizationId: null } && (before[m.Id]?.TakeFrom(m.Days, today) ?? true));
        return (await lastAdmin.AmongAsync([.. taken.Select(m => m.PersonId)], ct)).Count > 0 ? MembershipErrors.LastAdmin : null;
    }

    private void Record(string action, StoredMembership membership, MembershipDays days, Guid importId) => audit.Record(
        action, membership.Id, membership.Grant.OrganizationId,
        new { membership.PersonId, Role = EnumText.Of(membership.Grant.Role), days.StartsOn, days.EndsOn, importId, undone = true });
}
