using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Steps;

/// <summary>
/// Changes some of what an action step says (JSON Merge Patch, RFC 7396). If-Match takes the version that you read: others may have changed it since, and as
/// long as they left your fields alone both changes hold. Otherwise nothing is stored, and 412 <c>plan.fields_changed</c> lists each such field
/// with what both wrote.
/// </summary>
internal static class PatchPlanStep
{
    public static void Map(RouteGroupBuilder steps) =>
        steps.MapPatch("/{partId:guid}", Handle)
            .UseCase(nameof(PatchPlanStep), "Change an action step of a plan")
            .RequireScope(Scopes.PlansWrite)
            .TakesPatch<StepContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.UnknownParent, PlanErrors.UnknownOwner, PlanErrors.UnknownCause, PlanErrors.ExternalIdTaken)
            .Example(PlanStepResponse.SamplePatch, PlanStepResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<PlanStepResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid partId, MergePatch<StepContent> patch, IfMatch ifMatch, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.ChangeAsync(id, PlanPartKind.Step, partId, patch, ifMatch, ct);
        return part is null ? refused! : TypedResults.Ok(PlanStepResponse.Of(part));
    }
}
