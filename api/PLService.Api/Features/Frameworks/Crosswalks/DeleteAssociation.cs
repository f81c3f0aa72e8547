using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks.Crosswalks;

/// <summary>
/// Removes a link that a framework of the tenant keeps. A link never changes, so that no If-Match is needed. To remove a <c>replacedBy</c> leaves
/// the end date of the old standard as it is.
/// </summary>
internal static class DeleteAssociation
{
    public static void Map(RouteGroupBuilder associations) =>
        associations.MapDelete("/{id:guid}", Handle)
            .UseCase(nameof(DeleteAssociation), "Remove a link")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .Refuses(FrameworkErrors.IsCatalog, FrameworkErrors.IsRetired, AssociationErrors.IsTree);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(Guid id, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var links = await db.StandardAssociations.Where(a => a.Id == id).ToListAsync(ct);
        if (links.Count == 0)
            return Problems.NotFound("association");
        if (links.TrueForAll(link => link.TenantId == Guid.Empty))
            return FrameworkErrors.IsCatalog.ToConflict();

        foreach (var link in links.Where(link => link.TenantId != Guid.Empty))
        {
            await db.LockFrameworkAsync(link.FrameworkId, ct);
            var framework = await db.Frameworks.SingleAsync(f => f.TenantId == link.TenantId && f.Id == link.FrameworkId, ct);
            if (link.Type == AssociationTypes.IsChildOf)
                return AssociationErrors.IsTree.ToConflict();
            if (framework.CheckChangeable() is { } unchangeable)
                return unchangeable.ToConflict();
            db.Remove(link);
            db.Touch(framework);
            audit.Record("association.deleted", id, organizationId: null, new { framework = framework.Code, link.Type, link.OriginId, link.DestinationId });
        }

        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
