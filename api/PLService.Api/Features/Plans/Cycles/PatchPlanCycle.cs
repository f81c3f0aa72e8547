using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Cycles;

/// <summary>
/// Changes some of what an improvement cycle says (JSON Merge Patch, RFC 7396). If-Match takes the version that you read: others may have changed it since, and as
/// long as they left your fields alone both changes hold. Otherwise nothing is stored, and 412 <c>plan.fields_changed</c> lists each such field
/// with what both wrote.
/// </summary>
internal static class PatchPlanCycle
{
    public static void Map(RouteGroupBuilder cycles) =>
        cycles.MapPatch("/{partId:guid}", Handle)
            .UseCase(nameof(PatchPlanCycle), "Change an improvement cycle of a plan")
            .RequireScope(Scopes.PlansWrite)
            .TakesPatch<CycleContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.UnknownParent)
            .Example(PlanCycleResponse.SamplePatch, PlanCycleResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<PlanCycleResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid partId, MergePatch<CycleContent> patch, IfMatch ifMatch, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.ChangeAsync(id, PlanPartKind.Cycle, partId, patch, ifMatch, ct);
        return part is null ? refused! : TypedResults.Ok(PlanCycleResponse.Of(part));
    }
}
