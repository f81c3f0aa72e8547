using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Priorities;
using PLService.Api.Domain.Results;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>
/// Closes voting and counts: the most dots come first; of as many dots the greater gap (the lower favorable share), and of equal gaps the item that comes
/// first in the instrument. Where fewer people voted than the tenant's least group, the dots are not shown.
/// </summary>
internal static class CloseVoting
{
    public static void Map(RouteGroupBuilder lists) =>
        lists.MapPost("/{id:guid}/voting/close", Handle)
            .UseCase(nameof(CloseVoting), "Close voting on priorities")
            .RequireScope(Scopes.PlansWrite)
            .Refuses(PriorityErrors.LeadersOnly, PriorityErrors.VotingIsNotOpen)
            .Example(response: new WholePriorityListResponse(
                PriorityListResponse.Sample with { Voting = VotingStatus.Closed, Voters = 20, Version = 3 }, [PriorityResponse.Sample with { Dots = 31, Version = 2 }]));

    private static async Task<Results<Ok<WholePriorityListResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PriorityDesk desk, VoteDesk votes, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        var (list, priorities, refused) = await desk.FindForLeadingAsync(id, ifMatch, isFixedWhileVoting: false, ct);
        if (list is null)
            return refused!;
        var (dots, people, groups) = await votes.CountAsync(id, ct);
        var voters = people + groups.Sum(group => group.Voters);
        var minimum = await db.Tenants.Select(tenant => tenant.MinimumGroupSize).SingleAsync(ct);
        if (list.CloseVoting(clock.GetUtcNow(), voters, Suppression.IsSmall(voters, minimum)) is { } wrong)
            return wrong.ToConflict();

        PriorityOrder.Apply(priorities.Where(p => p.Status is not PriorityStatus.Dropped), dots, (await desk.ItemsOfAsync(list, ct)).PlaceOf);
        audit.Record("priorityList.votingClosed", id, list.OrganizationId, new { voters });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(WholePriorityListResponse.Of(list, priorities));
    }
}
