using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans;

/// <summary>
/// Changes some of what a plan says itself (JSON Merge Patch, RFC 7396). If-Match takes the version that you read: others may have changed the plan
/// since, and as long as they left your fields alone both changes hold. Otherwise nothing is stored, and 412 <c>plan.fields_changed</c> lists each
/// such field with what both wrote.
/// </summary>
internal static class PatchPlan
{
    public static void Map(RouteGroupBuilder plans) =>
        plans.MapPatch("/{id:guid}", Handle)
            .UseCase(nameof(PatchPlan), "Change what a plan says")
            .RequireScope(Scopes.PlansWrite)
            .TakesPatch<PlanContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.ExternalIdTaken)
            .Example(new { vision = "Every educator belongs to a team that meets each week." }, PlanResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<PlanResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, MergePatch<PlanContent> patch, IfMatch ifMatch, PlanDesk desk, CancellationToken ct)
    {
        var (plan, refused) = await desk.ChangeAsync(id, patch, ifMatch, ct);
        return plan is null ? refused! : TypedResults.Ok(PlanResponse.Of(plan));
    }
}
