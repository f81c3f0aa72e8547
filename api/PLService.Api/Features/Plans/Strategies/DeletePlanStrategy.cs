using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Strategies;

/// <summary>Deletes a strategy of a plan. What it said stays in the plan's history, from where it can be brought back.</summary>
internal static class DeletePlanStrategy
{
    public static void Map(RouteGroupBuilder strategies) =>
        strategies.MapDelete("/{partId:guid}", Handle)
            .UseCase(nameof(DeletePlanStrategy), "Delete a strategy of a plan")
            .RequireScope(Scopes.PlansWrite)
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.PartInUse);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(Guid id, Guid partId, IfMatch ifMatch, PlanDesk desk, CancellationToken ct) =>
        await desk.DeleteAsync(id, PlanPartKind.Strategy, partId, ifMatch, ct) is { } refused ? refused : TypedResults.NoContent();
}
