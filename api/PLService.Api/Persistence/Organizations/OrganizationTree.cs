using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Organizations;
using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Persistence.Organizations;

/// <summary>Keeps the closure table in step with the tree. Callers hold the tree's lock.</summary>
internal sealed class OrganizationTree(PLServiceDbContext db, Caller caller, RollupStore rollups, AuditTrail audit)
{
    /// <summary>Puts a new organization below <paramref name="parentId"/>, or among the roots.</summary>
    public async Task<DomainError?> PlantAsync(Organization organization, Guid? parentId, CancellationToken ct)
    {
        if (!await ReachesAsync(parentId, ct))
            return OrganizationErrors.UnknownParent;
        var above = await db.OrganizationClosure.AsNoTracking().Where(c => c.DescendantId == parentId).ToListAsync(ct);
        if (above.Count >= Organization.MaxDepth)
            return OrganizationErrors.TooDeep;

        db.Add(organization);
        db.Add(new OrganizationClosure { AncestorId = organization.Id, DescendantId = organization.Id, Depth = 0 });
        db.AddRange(above.Select(c => new OrganizationClosure { AncestorId = c.AncestorId, DescendantId = organization.Id, Depth = (short)(c.Depth + 1) }));
        return null;
    }

    /// <summary>Puts an organization and all that is below it under another parent, or among the roots. The caller saves.</summary>
    public async Task<DomainError?> MoveAsync(Organization organization, Guid? parentId, CancellationToken ct)
    {
        if (organization.ParentId == parentId)
            return null;
        if (!await ReachesAsync(parentId, ct))
            return OrganizationErrors.UnknownParent;
        if (await db.OrganizationClosure.AnyAsync(c => c.AncestorId == organization.Id && c.DescendantId == parentId, ct))
            return OrganizationErrors.Cycle;

        var before = await AncestorsOfAsync(organization.Id, ct);
        var after = parentId is { } parent ? [parent, .. await AncestorsOfAsync(parent, ct)] : new List<Guid>();
        var height = await db.OrganizationClosure.Where(c => c.AncestorId == organization.Id).MaxAsync(c => c.Depth, ct);
        if (after.Count + 1 + height > Organization.MaxDepth)
            return OrganizationErrors.TooDeep;

        await RewriteClosureAsync(organization.Id, parentId, ct);
        // Whoever is above it before and afterwards sums up the same organizations as before.
        await rollups.RebuildAsync(before.Except(after).Concat(after.Except(before)), ct);
        Record(organization, parentId);
        organization.MoveTo(parentId);
        return null;
    }

    // Only who reaches the whole tenant can make a root.
    private async Task<bool> ReachesAsync(Guid? parentId, CancellationToken ct) =>
        parentId is null ? caller.ReachesAll : await db.ReachableOrganizations().AnyAsync(o => o.Id == parentId, ct);

    private Task<List<Guid>> AncestorsOfAsync(Guid id, CancellationToken ct) =>
        db.OrganizationClosure.Where(c => c.DescendantId == id && c.Depth > 0).Select(c => c.AncestorId).ToListAsync(ct);

    /// <summary>Every pair of (somebody above it, somebody in it) goes, and one for each new ancestor comes; pairs within the subtree stay.</summary>
    private async Task RewriteClosureAsync(Guid id, Guid? parentId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
             delete from pls.organization_closure pair
             using pls.organization_closure above, pls.organization_closure below
             where above.tenant_id = {db.TenantId} and above.descendant_id = {id} and above.depth > 0
               and below.tenant_id = {db.TenantId} and below.ancestor_id = {id}
               and pair.tenant_id = {db.TenantId} and pair.ancestor_id = above.ancestor_id and pair.descendant_id = below.descendant_id
             """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into pls.organization_closure (tenant_id, ancestor_id, descendant_id, depth)
             select {db.TenantId}, above.ancestor_id, below.descendant_id, above.depth + below.depth + 1
             from pls.organization_closure above
             join pls.organization_closure below on below.tenant_id = above.tenant_id
             where above.tenant_id = {db.TenantId} and above.descendant_id = {parentId} and below.ancestor_id = {id}
             """,
            ct);
    }

    // Who reaches the old parent alone does not see the organization any more, but must learn that it left.
    private void Record(Organization organization, Guid? parentId)
    {
        audit.Record("organization.moved", organization.Id, organization.Id, new { from = organization.ParentId, to = parentId });
        if (organization.ParentId is { } left)
            audit.Record("organization.movedAway", organization.Id, left);
    }
}
