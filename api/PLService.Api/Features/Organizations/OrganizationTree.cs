using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Organizations;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Organizations;

/// <summary>Keeps the closure table in step with the tree.</summary>
internal sealed class OrganizationTree(PLServiceDbContext db, Caller caller)
{
    /// <summary>Puts a new organization below <paramref name="parentId"/>, or among the roots.</summary>
    public async Task<DomainError?> PlantAsync(Organization organization, Guid? parentId, CancellationToken ct)
    {
        // Only who reaches the whole tenant can add a root.
        if (parentId is null && caller.OrganizationId is not null)
            return OrganizationErrors.UnknownParent;

        var above = new List<OrganizationClosure>();
        if (parentId is { } parent)
        {
            if (!await db.ReachableOrganizations().AnyAsync(o => o.Id == parent, ct))
                return OrganizationErrors.UnknownParent;
            above = await db.OrganizationClosure.AsNoTracking().Where(c => c.DescendantId == parent).ToListAsync(ct);
            if (above.Count >= Organization.MaxDepth)
                return OrganizationErrors.TooDeep;
        }

        db.Add(organization);
        db.Add(new OrganizationClosure { AncestorId = organization.Id, DescendantId = organization.Id, Depth = 0 });
        db.AddRange(above.Select(c => new OrganizationClosure { AncestorId = c.AncestorId, DescendantId = organization.Id, Depth = (short)(c.Depth + 1) }));
        return null;
    }
}
