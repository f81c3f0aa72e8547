using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Access;

/// <summary>
/// No person takes the last administrator from the tenant: nobody could give the role to anybody then. A machine can, for whoever has its secret
/// can also make a new administrator.
/// </summary>
internal sealed class LastAdmin(PLServiceDbContext db, Caller caller, TimeProvider clock)
{
    /// <summary>
    /// Whether it is refused to take this person's role as administrator of the whole tenant, or the person with it. When it is not, nobody else
    /// can take another administrator before the transaction ends.
    /// </summary>
    public async Task<bool> IsAsync(Guid personId, CancellationToken ct)
    {
        return (await AmongAsync([personId], ct)).Count > 0;
    }

    /// <summary>The administrators of the whole tenant among these people, when it is refused to take all of them; else none.</summary>
    public async Task<IReadOnlyCollection<Guid>> AmongAsync(IReadOnlyCollection<Guid> people, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var admins = db.Memberships.Where(m => m.Role == Role.AgencyAdmin && m.OrganizationId == null
            && (m.StartsOn == null || m.StartsOn <= today) && (m.EndsOn == null || m.EndsOn >= today)
            && db.People.Any(p => p.Id == m.PersonId && p.Status == PersonStatus.Active));
        if (caller.PersonId is null || await admins.Where(m => people.Contains(m.PersonId)).Select(m => m.PersonId).Distinct().ToListAsync(ct) is not { Count: > 0 } taken)
            return [];

        // Two administrators who take each other out at the same moment.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('pls.last_admin ' || {db.TenantId}::text, 0))", ct);
        return await admins.AnyAsync(m => !people.Contains(m.PersonId), ct) ? [] : taken;
    }
}
