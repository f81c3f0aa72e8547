using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Steps;

/// <summary>Deletes an action step of a plan. What it said stays in the plan's history, from where it can be brought back.</summary>
internal static class DeletePlanStep
{
    public static void Map(RouteGroupBuilder steps) =>
        steps.MapDelete("/{partId:guid}", Handle)
            .UseCase(nameof(DeletePlanStep), "Delete an action step of a plan")
            .RequireScope(Scopes.PlansWrite)
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.PartInUse);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(Guid id, Guid partId, IfMatch ifMatch, PlanDesk desk, CancellationToken ct) =>
        await desk.DeleteAsync(id, PlanPartKind.Step, partId, ifMatch, ct) is { } refused ? refused : TypedResults.NoContent();
}
