using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Readings;

/// <summary>
/// Changes code, rationale or passage of a mark (JSON Merge Patch, RFC 7396). A new target lays an orphaned mark on a passage again. For who set
/// it, and for who leads the team.
/// </summary>
internal static class PatchAnnotation
{
    /// <param name="Sign">The sign of one of the reading's codes.</param>
    /// <param name="Target">The passage.</param>
    /// <param name="Rationale">Why, 5,000 characters at most; null removes it.</param>
    public sealed record Request(string? Sign = null, AnnotationTarget? Target = null, string? Rationale = null);

    public static void Map(RouteGroupBuilder annotations) =>
        annotations.MapPatch("/{annotationId:guid}", Handle)
            .UseCase(nameof(PatchAnnotation), "Change a mark")
            .RequireScope(Scopes.ToolkitsWrite)
            .TakesPatch<Request, AnnotationRequest>()
            .Refuses(ToolkitRunErrors.NotMember, ReadingErrors.NoReading, ReadingErrors.NotYours)
            .Example(new { rationale = "Ours is for teachers only." }, AnnotationResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<AnnotationResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, Guid annotationId, MergePatch<AnnotationRequest> patch, IfMatch ifMatch, AnnotationDesk desk, ReadingDesk readings,
        PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var (reading, annotation, refused) = await desk.TakeAsync(id, toolCode, annotationId, ifMatch, ct);
        if (reading is null || annotation is null)
            return refused!;
        var (wanted, invalid) = patch.Apply(AnnotationRequest.Of(annotation));
        if (wanted is null)
            return invalid!;
        if (!reading.Knows(wanted.Sign))
            return AnnotationFaults.UnknownSign.ToFault("/sign");

        if (wanted.Target != AnnotationTarget.Of(annotation))
        {
            if (TargetSearch.Find(new AnchoredText((await readings.TextAsync(reading.Stored!, ct)).Text), wanted.Target) is not { } anchor)
                return AnnotationFaults.QuoteNotFound.ToFault("/target/exact");
            annotation.Anchor(anchor, reading.Stored!.Version);
        }

        annotation.Judge(wanted.Sign, wanted.Rationale);
        if (db.ChangedMembersOf(annotation) is { Count: > 0 } changed)
            audit.Record("annotation.changed", annotationId, reading.Run.OrganizationId, new { run = id, tool = toolCode, changed });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(AnnotationResponse.Of(annotation, await db.NamesOfAsync([annotation.PersonId], ct)));
    }
}
