using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Priorities;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>Takes back what was entered of a group that voted on paper, while voting is open.</summary>
internal static class DeletePaperVotes
{
    public static void Map(RouteGroupBuilder lists) =>
        lists.MapDelete("/{id:guid}/votes/paper/{groupKey}", Handle)
            .UseCase(nameof(DeletePaperVotes), "Delete what a group voted on paper")
            .RequireScope(Scopes.PlansWrite)
            .Refuses(PriorityErrors.LeadersOnly, PriorityErrors.VotingIsNotOpen);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string groupKey, IfMatch ifMatch, PriorityDesk desk, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await desk.HoldAsync(id, ct) is not { } list)
            return Problems.NotFound("priority_list");
        if (!await desk.LeadsAsync(list, ct))
            return PriorityErrors.LeadersOnly.ToConflict();
        if (await db.PriorityBallots.SingleOrDefaultAsync(b => b.ListId == id && b.GroupKey == groupKey, ct) is not { } ballot)
            return Problems.NotFound("vote");
        if (ifMatch.Refuses(ballot.Version) is { } stale)
            return stale;
        if (list.Voting is not VotingStatus.Open)
            return PriorityErrors.VotingIsNotOpen.ToConflict();

        db.Remove(ballot);
        audit.Record("priorityList.paperVotesDeleted", id, list.OrganizationId, new { groupKey });
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
