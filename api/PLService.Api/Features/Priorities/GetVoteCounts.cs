using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Results;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>
/// How the vote stands at this moment: how many people gave dots, and how many dots each priority has. Nobody sees whose they are; where fewer people
/// voted than the tenant's least group, the dots are withheld.
/// </summary>
internal static class GetVoteCounts
{
    public static void Map(RouteGroupBuilder lists) =>
        lists.MapGet("/{id:guid}/votes", Handle)
            .UseCase(nameof(GetVoteCounts), "Read how a vote stands")
            .RequireScope(Scopes.PlansRead)
            .Example(response: VoteCountsResponse.Sample);

    private static async Task<Results<Ok<VoteCountsResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, PLServiceDbContext db, VoteDesk votes, CancellationToken ct)
    {
        if (await db.ReachablePriorityLists().AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is not { } list)
            return Problems.NotFound("priority_list");
        var (dots, people, groups) = await votes.CountAsync(id, ct);
        var voters = people + groups.Sum(group => group.Voters);
        var minimum = await db.Tenants.Select(tenant => tenant.MinimumGroupSize).SingleAsync(ct);
        var isSmall = Suppression.IsSmall(voters, minimum);
        return TypedResults.Ok(new VoteCountsResponse(
            list.Voting, list.DotsPerVoter, voters, people, groups, isSmall ? WithheldReason.SmallGroup : null,
            isSmall ? null : [.. dots.OrderByDescending(one => one.Value).ThenBy(one => one.Key).Select(one => new PriorityVote(one.Key, one.Value))]));
    }
}
