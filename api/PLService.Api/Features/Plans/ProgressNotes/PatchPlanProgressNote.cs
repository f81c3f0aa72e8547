using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.ProgressNotes;

/// <summary>
/// Changes some of what a progress note says (JSON Merge Patch, RFC 7396). If-Match takes the version that you read: others may have changed it since, and as
/// long as they left your fields alone both changes hold. Otherwise nothing is stored, and 412 <c>plan.fields_changed</c> lists each such field
/// with what both wrote.
/// </summary>
internal static class PatchPlanProgressNote
{
    public static void Map(RouteGroupBuilder progressNotes) =>
        progressNotes.MapPatch("/{partId:guid}", Handle)
            .UseCase(nameof(PatchPlanProgressNote), "Change a progress note of a plan")
            .RequireScope(Scopes.PlansWrite)
            .TakesPatch<ProgressNoteContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.UnknownParent)
            .Example(PlanProgressNoteResponse.SamplePatch, PlanProgressNoteResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<PlanProgressNoteResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid partId, MergePatch<ProgressNoteContent> patch, IfMatch ifMatch, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.ChangeAsync(id, PlanPartKind.ProgressNote, partId, patch, ifMatch, ct);
        return part is null ? refused! : TypedResults.Ok(PlanProgressNoteResponse.Of(part));
    }
}
