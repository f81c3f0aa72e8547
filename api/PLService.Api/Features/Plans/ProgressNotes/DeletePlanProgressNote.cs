using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.ProgressNotes;

/// <summary>Deletes a progress note of a plan. What it said stays in the plan's history, from where it can be brought back.</summary>
internal static class DeletePlanProgressNote
{
    public static void Map(RouteGroupBuilder progressNotes) =>
        progressNotes.MapDelete("/{partId:guid}", Handle)
            .UseCase(nameof(DeletePlanProgressNote), "Delete a progress note of a plan")
            .RequireScope(Scopes.PlansWrite)
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(Guid id, Guid partId, IfMatch ifMatch, PlanDesk desk, CancellationToken ct) =>
        await desk.DeleteAsync(id, PlanPartKind.ProgressNote, partId, ifMatch, ct) is { } refused ? refused : TypedResults.NoContent();
}
