using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Organizations;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Organizations;

/// <summary>Finds organizations by the ids that others gave them.</summary>
internal static class OrganizationLookup
{
    /// <summary>The organization that the caller reaches and that has this outside id now: none or one.</summary>
    public static IQueryable<Organization> WithOutsideId(this IQueryable<Organization> organizations, PLServiceDbContext db, OutsideId id) =>
        organizations.Where(o => db.OrganizationIdentifiers.Any(i => i.OrganizationId == o.Id && i.System == id.System && i.Value == id.Value && i.ValidTo == null));

    /// <summary>Locks the row, for changes of what belongs to the organization.</summary>
    public static Task LockOrganizationAsync(this PLServiceDbContext db, Guid id, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select 1 from pls.organization where tenant_id = {db.TenantId} and id = {id} for no key update", ct);
}
