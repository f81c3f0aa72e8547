using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Cycles;

/// <summary>Deletes an improvement cycle of a plan. What it said stays in the plan's history, from where it can be brought back.</summary>
internal static class DeletePlanCycle
{
    public static void Map(RouteGroupBuilder cycles) =>
        cycles.MapDelete("/{partId:guid}", Handle)
            .UseCase(nameof(DeletePlanCycle), "Delete an improvement cycle of a plan")
            .RequireScope(Scopes.PlansWrite)
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.PartInUse);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(Guid id, Guid partId, IfMatch ifMatch, PlanDesk desk, CancellationToken ct) =>
        await desk.DeleteAsync(id, PlanPartKind.Cycle, partId, ifMatch, ct) is { } refused ? refused : TypedResults.NoContent();
}
