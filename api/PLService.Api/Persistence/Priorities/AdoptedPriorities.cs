using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Priorities;

namespace PLService.Api.Persistence.Priorities;

/// <summary>The priorities that parts of plans can refer to.</summary>
internal sealed class AdoptedPriorities(PLServiceDbContext db)
{
    /// <summary>
    /// Whether a plan of the organization can act on the priority: it is adopted, by that organization or by one above it. What is found stays so until
    /// this transaction ends.
    /// </summary>
    public async Task<bool> HoldAsync(Guid id, Guid organizationId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from pls.priority where tenant_id = {db.TenantId} and id = {id} for share", ct);
        return await db.Priorities.AnyAsync(
            p => p.Id == id && p.Status == PriorityStatus.Adopted && db.OrganizationClosure.Any(c => c.AncestorId == p.OrganizationId && c.DescendantId == organizationId), ct);
    }
}
