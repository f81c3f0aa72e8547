using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.CheckIns;

/// <summary>
/// Undoes the latest check-in: its column is open again, and its steps are due, or unfinished, as they were before. Other changes that were made of
/// them since stay; where what the check-in decided was itself changed since, nothing is undone.
/// </summary>
internal static class DeleteCheckIn
{
    public static void Map(RouteGroupBuilder checkIns) =>
        checkIns.MapDelete("/{checkInId:guid}", Handle)
            .UseCase(nameof(DeleteCheckIn), "Undo the latest check-in")
            .RequireScope(Scopes.PlansWrite)
            .Refuses(PlanErrors.OwnPartsOnly, CheckInErrors.PlanNotActive, CheckInErrors.NotLatest, CheckInErrors.ChangedSince);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(Guid id, Guid checkInId, IfMatch ifMatch, CheckInDesk desk, CancellationToken ct) =>
        await desk.UndoAsync(id, checkInId, ifMatch, ct) is { } refused ? refused : TypedResults.NoContent();
}
