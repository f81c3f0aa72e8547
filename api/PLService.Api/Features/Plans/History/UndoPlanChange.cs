using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.History;

/// <summary>
/// Takes back what one change of a plan did, however long ago: fields say again what they said before, what was added goes, what was deleted comes
/// back with its id. What was changed again since is not overwritten: then nothing is undone. An undo is a change as any other, and can be undone.
/// </summary>
internal static class UndoPlanChange
{
    public static void Map(RouteGroupBuilder plans) =>
        plans.MapPost("/{id:guid}/changes/{version:long}/undo", Handle)
            .UseCase(nameof(UndoPlanChange), "Undo a change of a plan")
            .RequireScope(Scopes.PlansWrite)
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.NothingToUndo, PlanErrors.ChangedSince, PlanErrors.PartInUse, PlanErrors.UnknownParent,
                PlanErrors.UnknownCause, PlanErrors.ExternalIdTaken, CheckInErrors.UndoneByDeleting)
            .Example(response: PlanResponse.Sample with { Version = 8 });

    private static async Task<Results<Ok<PlanResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, long version, PlanUndo undo, CancellationToken ct)
    {
        var (plan, refused) = await undo.UndoAsync(id, version, ct);
        return plan is null ? refused! : TypedResults.Ok(PlanResponse.Of(plan));
    }
}
