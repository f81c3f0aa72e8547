using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.QuickWrites;

/// <summary>
/// Changes some of what a quick-write says (JSON Merge Patch, RFC 7396). If-Match takes the version that you read: others may have changed it since, and as
/// long as they left your fields alone both changes hold. Otherwise nothing is stored, and 412 <c>plan.fields_changed</c> lists each such field
/// with what both wrote.
/// </summary>
internal static class PatchPlanQuickWrite
{
    public static void Map(RouteGroupBuilder quickWrites) =>
        quickWrites.MapPatch("/{partId:guid}", Handle)
            .UseCase(nameof(PatchPlanQuickWrite), "Change a quick-write of a plan")
            .RequireScope(Scopes.PlansWrite)
            .TakesPatch<QuickWriteContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly)
            .Example(PlanQuickWriteResponse.SamplePatch, PlanQuickWriteResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<PlanQuickWriteResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid partId, MergePatch<QuickWriteContent> patch, IfMatch ifMatch, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.ChangeAsync(id, PlanPartKind.QuickWrite, partId, patch, ifMatch, ct);
        return part is null ? refused! : TypedResults.Ok(PlanQuickWriteResponse.Of(part));
    }
}
