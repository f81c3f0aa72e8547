using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Resources;

/// <summary>Deletes a resource of a plan. What it said stays in the plan's history, from where it can be brought back.</summary>
internal static class DeletePlanResource
{
    public static void Map(RouteGroupBuilder resources) =>
        resources.MapDelete("/{partId:guid}", Handle)
            .UseCase(nameof(DeletePlanResource), "Delete a resource of a plan")
            .RequireScope(Scopes.PlansWrite)
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(Guid id, Guid partId, IfMatch ifMatch, PlanDesk desk, CancellationToken ct) =>
        await desk.DeleteAsync(id, PlanPartKind.Resource, partId, ifMatch, ct) is { } refused ? refused : TypedResults.NoContent();
}
