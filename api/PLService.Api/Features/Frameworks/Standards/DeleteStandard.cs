using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>
/// Removes a standard of a draft, with the links that its framework keeps of it. Refused while others stand below it or something refers to
/// it; a standard of a published framework is replaced by another, or gets an end date.
/// </summary>
internal static class DeleteStandard
{
    public static void Map(RouteGroupBuilder standards) =>
        standards.MapDelete("/{id:guid}", Handle)
            .UseCase(nameof(DeleteStandard), "Delete a standard of a draft")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .Refuses(FrameworkErrors.IsCatalog, StandardErrors.NotDraft, StandardErrors.HasChildren, StandardErrors.IsReferredTo);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.LockStandardAsync(id, ct) is not ({ } standard, { } framework))
            return Problems.NotFound("standard");
        if (framework.TenantId == Guid.Empty)
            return FrameworkErrors.IsCatalog.ToConflict();
        if (ifMatch.Refuses(standard.Version) is { } stale)
            return stale;
        if (framework.Status is not FrameworkStatus.Draft)
            return StandardErrors.NotDraft.ToConflict();
        var kept = db.StandardAssociations.Where(a => a.TenantId == framework.TenantId && a.FrameworkId == framework.Id);
        if (await kept.AnyAsync(a => a.Type == AssociationTypes.IsChildOf && a.DestinationId == id, ct))
            return StandardErrors.HasChildren.ToConflict();
        if (await db.IsReferredToAsync(framework, standard, ct))
            return StandardErrors.IsReferredTo.ToConflict();

        await kept.Where(a => a.OriginId == id || a.DestinationId == id).ExecuteDeleteAsync(ct);
        db.Remove(standard);
        db.Touch(framework);
        audit.Record("standard.deleted", id, organizationId: null, new { framework = framework.Code, standard.Code });
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
