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
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var admins = db.Memberships.Where(m => m.Role == Role.AgencyAdmin && m.OrganizationId == null
            && (m.StartsOn == null || m.StartsOn <= today) && (m.EndsOn == null || m.EndsOn >= today)
            && db.People.Any(p => p.Id == m.PersonId && p.Status == PersonStatus.Active));
        if (caller.PersonId is null || !await admins.AnyAsync(m => m.PersonId == personId, ct))
            return false;

        // Two administrators who take each other out at the same moment.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('pls.last_admin ' || {db.TenantId}::text, 0))", ct);
        return !await admins.AnyAsync(m => m.PersonId != personId, ct);
    }
}
