using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Readings;

/// <summary>One marked passage.</summary>
internal static class GetAnnotation
{
    public static void Map(RouteGroupBuilder annotations) =>
        annotations.MapGet("/{annotationId:guid}", Handle)
            .UseCase(nameof(GetAnnotation), "Read a mark")
            .RequireScope(Scopes.ToolkitsRead)
            .Refuses(ReadingErrors.NoReading)
            .Example(response: AnnotationResponse.Sample);

    private static async Task<Results<Ok<AnnotationResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, Guid annotationId, ReadingDesk desk, PLServiceDbContext db, CancellationToken ct)
    {
        var (reading, refused) = await desk.FindTextAsync(id, toolCode, ct);
        if (reading is null)
            return refused!;
        return await db.Annotations.AsNoTracking().SingleOrDefaultAsync(a => a.ReadingId == reading.Stored!.Id && a.Id == annotationId, ct) is { } annotation
            ? TypedResults.Ok(AnnotationResponse.Of(annotation, await db.NamesOfAsync([annotation.PersonId], ct)))
            : Problems.NotFound("annotation");
    }
}
