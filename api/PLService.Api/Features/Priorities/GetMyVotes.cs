using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>The dots that you gave. Nobody else can read them.</summary>
internal static class GetMyVotes
{
    public static void Map(RouteGroupBuilder lists) =>
        lists.MapGet("/{id:guid}/votes/mine", Handle)
            .UseCase(nameof(GetMyVotes), "Read your own votes")
            .RequireScope(Scopes.PlansRead)
            .Example(response: MyVotesResponse.Sample);

    private static async Task<Results<Ok<MyVotesResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, PLServiceDbContext db, VoteDesk votes, Caller caller, CancellationToken ct)
    {
        if (await db.ReachablePriorityLists().AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is not { } list)
            return Problems.NotFound("priority_list");
        // Compared with null, a column that may be null would be "is null": a machine's would be some group's.
        return caller.PersonId is { } person && await db.PriorityBallots.AsNoTracking().SingleOrDefaultAsync(b => b.ListId == id && b.PersonId == person, ct) is { } ballot
            ? TypedResults.Ok(MyVotesResponse.Of(list, ballot, await votes.VotesOfAsync(ballot, ct)))
            : Problems.NotFound("vote");
    }
}
