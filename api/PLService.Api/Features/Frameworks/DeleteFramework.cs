using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks;

/// <summary>
/// Removes a draft with its standards, links and rubrics. Refused while something refers to one of its standards: an item of an instrument, a
/// tool of a toolkit, a standard that one of them replaces.
/// </summary>
internal static class DeleteFramework
{
    public static void Map(RouteGroupBuilder frameworks) =>
        frameworks.MapDelete("/{framework}", Handle)
            .UseCase(nameof(DeleteFramework), "Delete a draft")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .Refuses(FrameworkErrors.IsCatalog, FrameworkErrors.NotDraft, FrameworkErrors.IsReferredTo);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        string framework, IfMatch ifMatch, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.FrameworkNamed(framework).SingleOrDefaultAsync(ct) is not { } found)
            return Problems.NotFound("framework");
        if (found.TenantId == Guid.Empty)
            return FrameworkErrors.IsCatalog.ToConflict();
        if (ifMatch.Refuses(found.Version) is { } stale)
            return stale;
        if (found.Status is not FrameworkStatus.Draft)
            return FrameworkErrors.NotDraft.ToConflict();
        if (await db.IsReferredToAsync(found, ct))
            return FrameworkErrors.IsReferredTo.ToConflict();

        db.Remove(found);
        audit.Record("framework.deleted", found.Id, organizationId: null, new { found.Code });
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
