using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Obstacles;

/// <summary>Deletes an obstacle of a plan. What it said stays in the plan's history, from where it can be brought back.</summary>
internal static class DeletePlanObstacle
{
    public static void Map(RouteGroupBuilder obstacles) =>
        obstacles.MapDelete("/{partId:guid}", Handle)
            .UseCase(nameof(DeletePlanObstacle), "Delete an obstacle of a plan")
            .RequireScope(Scopes.PlansWrite)
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(Guid id, Guid partId, IfMatch ifMatch, PlanDesk desk, CancellationToken ct) =>
        await desk.DeleteAsync(id, PlanPartKind.Obstacle, partId, ifMatch, ct) is { } refused ? refused : TypedResults.NoContent();
}
