using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Priorities;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>What was entered of a group that voted on paper, for those who enter it.</summary>
internal static class GetPaperVotes
{
    public static void Map(RouteGroupBuilder lists) =>
        lists.MapGet("/{id:guid}/votes/paper/{groupKey}", Handle)
            .UseCase(nameof(GetPaperVotes), "Read what a group voted on paper")
            .RequireScope(Scopes.PlansRead)
            .Refuses(PriorityErrors.LeadersOnly)
            .Example(response: PaperVotesResponse.Sample);

    private static async Task<Results<Ok<PaperVotesResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string groupKey, PLServiceDbContext db, PriorityDesk desk, VoteDesk votes, CancellationToken ct)
    {
        if (await db.ReachablePriorityLists().AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is not { } list)
            return Problems.NotFound("priority_list");
        if (!await desk.LeadsAsync(list, ct))
            return PriorityErrors.LeadersOnly.ToConflict();
        return await db.PriorityBallots.AsNoTracking().SingleOrDefaultAsync(b => b.ListId == id && b.GroupKey == groupKey, ct) is { } ballot
            ? TypedResults.Ok(PaperVotesResponse.Of(ballot, await votes.VotesOfAsync(ballot, ct)))
            : Problems.NotFound("vote");
    }
}
