using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Frameworks;

/// <summary>Adds links to the framework that keeps them. Callers hold its lock.</summary>
internal sealed class AssociationDesk(PLServiceDbContext db, TimeProvider clock)
{
    /// <summary>A new link between two standards, not saved yet; null when the framework keeps as many as it may.</summary>
    public async Task<StandardAssociation?> AddAsync(
        Framework framework, string type, Standard origin, Standard destination, string? notes, CancellationToken ct)
    {
        var kept = await db.StandardAssociations.Where(a => a.TenantId == framework.TenantId && a.FrameworkId == framework.Id)
            .GroupBy(a => a.FrameworkId).Select(all => new { Count = all.Count(), Position = all.Max(a => a.Position) }).SingleOrDefaultAsync(ct);
        if (kept?.Count >= FrameworkLimits.Associations)
            return null;

        var id = Guid.NewGuid();
        var body = CaseBodies.Association(id, type, CaseBodies.LinkTo(origin), CaseBodies.LinkTo(destination), null, clock.GetUtcNow()).With("notes", notes);
        var link = StandardAssociation.Create(id, framework.Id, (kept?.Position ?? -1) + 1, type, origin.Id, destination.Id, null, body.Write());
        db.Add(link);
        db.Touch(framework);
        return link;
    }
}
