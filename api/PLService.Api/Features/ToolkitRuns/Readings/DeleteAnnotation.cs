using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Readings;

/// <summary>Removes a mark. For who set it, and for who leads the team.</summary>
internal static class DeleteAnnotation
{
    public static void Map(RouteGroupBuilder annotations) =>
        annotations.MapDelete("/{annotationId:guid}", Handle)
            .UseCase(nameof(DeleteAnnotation), "Remove a mark")
            .RequireScope(Scopes.ToolkitsWrite)
            .Refuses(ToolkitRunErrors.NotMember, ReadingErrors.NoReading, ReadingErrors.NotYours);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, Guid annotationId, IfMatch ifMatch, AnnotationDesk desk, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var (reading, annotation, refused) = await desk.TakeAsync(id, toolCode, annotationId, ifMatch, ct);
        if (reading is null || annotation is null)
            return refused!;

        db.Remove(annotation);
        audit.Record("annotation.deleted", annotationId, reading.Run.OrganizationId, new { run = id, tool = toolCode });
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
