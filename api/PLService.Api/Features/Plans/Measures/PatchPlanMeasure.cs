using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Measures;

/// <summary>
/// Changes some of what a measure says (JSON Merge Patch, RFC 7396). If-Match takes the version that you read: others may have changed it since, and as
/// long as they left your fields alone both changes hold. Otherwise nothing is stored, and 412 <c>plan.fields_changed</c> lists each such field
/// with what both wrote.
/// </summary>
internal static class PatchPlanMeasure
{
    public static void Map(RouteGroupBuilder measures) =>
        measures.MapPatch("/{partId:guid}", Handle)
            .UseCase(nameof(PatchPlanMeasure), "Change a measure of a plan")
            .RequireScope(Scopes.PlansWrite)
            .TakesPatch<MeasureContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.UnknownParent)
            .Example(PlanMeasureResponse.SamplePatch, PlanMeasureResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<PlanMeasureResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid partId, MergePatch<MeasureContent> patch, IfMatch ifMatch, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.ChangeAsync(id, PlanPartKind.Measure, partId, patch, ifMatch, ct);
        return part is null ? refused! : TypedResults.Ok(PlanMeasureResponse.Of(part));
    }
}
