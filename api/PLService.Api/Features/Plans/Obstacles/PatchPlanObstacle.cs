using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Obstacles;

/// <summary>
/// Changes some of what an obstacle says (JSON Merge Patch, RFC 7396). If-Match takes the version that you read: others may have changed it since, and as
/// long as they left your fields alone both changes hold. Otherwise nothing is stored, and 412 <c>plan.fields_changed</c> lists each such field
/// with what both wrote.
/// </summary>
internal static class PatchPlanObstacle
{
    public static void Map(RouteGroupBuilder obstacles) =>
        obstacles.MapPatch("/{partId:guid}", Handle)
            .UseCase(nameof(PatchPlanObstacle), "Change an obstacle of a plan")
            .RequireScope(Scopes.PlansWrite)
            .TakesPatch<ObstacleContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.UnknownParent, PlanErrors.ExternalIdTaken)
            .Example(PlanObstacleResponse.SamplePatch, PlanObstacleResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<PlanObstacleResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid partId, MergePatch<ObstacleContent> patch, IfMatch ifMatch, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.ChangeAsync(id, PlanPartKind.Obstacle, partId, patch, ifMatch, ct);
        return part is null ? refused! : TypedResults.Ok(PlanObstacleResponse.Of(part));
    }
}
