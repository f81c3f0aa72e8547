using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Readings;

/// <summary>
/// Marks a passage with a code, and says why. The passage is named by its words, by its place in the text, or by both: where the two do not agree,
/// the words hold, near the place.
/// </summary>
internal static class CreateAnnotation
{
    public static void Map(RouteGroupBuilder annotations) =>
        annotations.MapPost("/", Handle)
            .UseCase(nameof(CreateAnnotation), "Mark a passage")
            .RequireScope(Scopes.ToolkitsWrite)
            .Validate<AnnotationRequest>()
            .Refuses(ToolkitRunErrors.NotMember, ReadingErrors.NoReading, ReadingErrors.TooManyAnnotations)
            .Example(AnnotationRequest.Sample, AnnotationResponse.Sample);

    private static async Task<Results<Created<AnnotationResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, AnnotationRequest request, ReadingDesk desk, PLServiceDbContext db, Caller caller, AuditTrail audit, CancellationToken ct)
    {
        var (reading, refused) = await desk.HoldTextAsync(id, toolCode, ct);
        if (reading is not { Stored: { } stored })
            return refused!;
        if (!reading.Knows(request.Sign))
            return AnnotationFaults.UnknownSign.ToFault("/sign");
        if (TargetSearch.Find(new AnchoredText((await desk.TextAsync(stored, ct)).Text), request.Target) is not { } anchor)
            return AnnotationFaults.QuoteNotFound.ToFault(request.Target.Exact is null ? "/target" : "/target/exact");
        if (await db.Annotations.CountAsync(a => a.ReadingId == stored.Id, ct) >= Annotation.MaxPerReading)
            return ReadingErrors.TooManyAnnotations.ToConflict();

        var annotation = Annotation.Create(stored, anchor, request.Sign, request.Rationale, caller.PersonId, caller.ApiClientId);
        db.Add(annotation);
        audit.Record("annotation.created", annotation.Id, reading.Run.OrganizationId, new { run = id, tool = toolCode });
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"{reading.Address}/annotations/{annotation.Id}", AnnotationResponse.Of(annotation, await db.NamesOfAsync([annotation.PersonId], ct)));
    }
}
