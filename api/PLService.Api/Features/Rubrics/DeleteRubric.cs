using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Rubrics;

/// <summary>Removes a rubric. Instruments that were made of it stay.</summary>
internal static class DeleteRubric
{
    public static void Map(RouteGroupBuilder rubrics) =>
        rubrics.MapDelete("/{id:guid}", Handle)
            .UseCase(nameof(DeleteRubric), "Delete a rubric")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .Refuses(FrameworkErrors.IsCatalog, FrameworkErrors.IsRetired);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PLServiceDbContext db, RubricDesk desk, AuditTrail audit, CancellationToken ct)
    {
        if (await desk.Named(id).SingleOrDefaultAsync(ct) is not { } rubric)
            return Problems.NotFound("rubric");
        var framework = await desk.FrameworkOfAsync(rubric, ct);
        if (framework.CheckChangeable() is { } unchangeable)
            return unchangeable.ToConflict();
        if (ifMatch.Refuses(rubric.Version) is { } stale)
            return stale;

        db.Remove(rubric);
        db.Touch(framework);
        audit.Record("rubric.deleted", id, organizationId: null, new { framework = framework.Code });
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
