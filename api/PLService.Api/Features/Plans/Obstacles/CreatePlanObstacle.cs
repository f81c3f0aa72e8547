using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Obstacles;

/// <summary>Adds an obstacle: something that is in the way of the plan or of one of its strategies.</summary>
internal static class CreatePlanObstacle
{
    public static void Map(RouteGroupBuilder obstacles) =>
        obstacles.MapPost("/", Handle)
            .UseCase(nameof(CreatePlanObstacle), "Add an obstacle to a plan")
            .RequireScope(Scopes.PlansWrite)
            .Validate<ObstacleContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.TooManyParts, PlanErrors.UnknownParent, PlanErrors.ExternalIdTaken)
            .Example(PlanObstacleResponse.SampleContent, PlanObstacleResponse.Sample);

    private static async Task<Results<Created<PlanObstacleResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, ObstacleContent request, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.AddAsync(id, PlanPartKind.Obstacle, request, ct);
        return part is null ? refused! : TypedResults.Created($"/v1/plans/{id}/obstacles/{part.Id}", PlanObstacleResponse.Of(part));
    }
}
