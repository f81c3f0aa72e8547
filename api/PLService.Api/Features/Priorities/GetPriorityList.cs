using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>
/// A priority list with its priorities in their order, each with what its items said when the assessment closed. While people vote, the counts are at
/// <c>votes</c>: here they stand once voting is closed.
/// </summary>
internal static class GetPriorityList
{
    public static void Map(RouteGroupBuilder lists) =>
        lists.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetPriorityList), "Read a priority list")
            .RequireScope(Scopes.PlansRead)
            .Example(response: WholePriorityListResponse.Sample);

    private static async Task<Results<Ok<WholePriorityListResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, PLServiceDbContext db, PriorityDesk desk, CancellationToken ct) =>
        await db.ReachablePriorityLists().AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is { } list
            ? TypedResults.Ok(WholePriorityListResponse.Of(list, await desk.PrioritiesOfAsync(id, ct)))
            : Problems.NotFound("priority_list");
}
