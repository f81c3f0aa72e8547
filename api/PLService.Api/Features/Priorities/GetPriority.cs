using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>One priority; its ETag is what a change of it names.</summary>
internal static class GetPriority
{
    public static void Map(RouteGroupBuilder lists) =>
        lists.MapGet("/{id:guid}/priorities/{priorityId:guid}", Handle)
            .UseCase(nameof(GetPriority), "Read a priority")
            .RequireScope(Scopes.PlansRead)
            .Example(response: PriorityResponse.Sample);

    private static async Task<Results<Ok<PriorityResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, Guid priorityId, PLServiceDbContext db, CancellationToken ct) =>
        await (from list in db.ReachablePriorityLists().AsNoTracking()
               join priority in db.Priorities on list.Id equals priority.ListId
               where list.Id == id && priority.Id == priorityId
               select new { priority, list.DotsWithheld }).SingleOrDefaultAsync(ct) is { } found
            ? TypedResults.Ok(PriorityResponse.Of(found.priority, found.DotsWithheld))
            : Problems.NotFound("priority");
}
