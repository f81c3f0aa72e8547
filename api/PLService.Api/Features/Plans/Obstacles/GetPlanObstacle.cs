using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.Obstacles;

/// <summary>One obstacle of a plan; its ETag is what a change of it names.</summary>
internal static class GetPlanObstacle
{
    public static void Map(RouteGroupBuilder obstacles) =>
        obstacles.MapGet("/{partId:guid}", Handle)
            .UseCase(nameof(GetPlanObstacle), "Read an obstacle of a plan")
            .RequireScope(Scopes.PlansRead)
            .Example(response: PlanObstacleResponse.Sample);

    private static async Task<Results<Ok<PlanObstacleResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, Guid partId, PLServiceDbContext db, CancellationToken ct) =>
        await db.PartsOf(id, PlanPartKind.Obstacle).SingleOrDefaultAsync(part => part.Id == partId, ct) is { } part
            ? TypedResults.Ok(PlanObstacleResponse.Of(part))
            : Problems.NotFound("plan_obstacle");
}
