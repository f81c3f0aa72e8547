using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Strategies;

/// <summary>
/// Changes some of what a strategy says (JSON Merge Patch, RFC 7396). If-Match takes the version that you read: others may have changed it since, and as
/// long as they left your fields alone both changes hold. Otherwise nothing is stored, and 412 <c>plan.fields_changed</c> lists each such field
/// with what both wrote.
/// </summary>
internal static class PatchPlanStrategy
{
    public static void Map(RouteGroupBuilder strategies) =>
        strategies.MapPatch("/{partId:guid}", Handle)
            .UseCase(nameof(PatchPlanStrategy), "Change a strategy of a plan")
            .RequireScope(Scopes.PlansWrite)
            .TakesPatch<StrategyContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.UnknownCause, PlanErrors.ExternalIdTaken)
            .Example(PlanStrategyResponse.SamplePatch, PlanStrategyResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<PlanStrategyResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid partId, MergePatch<StrategyContent> patch, IfMatch ifMatch, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.ChangeAsync(id, PlanPartKind.Strategy, partId, patch, ifMatch, ct);
        return part is null ? refused! : TypedResults.Ok(PlanStrategyResponse.Of(part));
    }
}
