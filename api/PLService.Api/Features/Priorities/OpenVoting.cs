using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Priorities;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>
/// Opens voting on a list that is ordered by dots: everybody who takes part where it is gives dots, and the list itself stays as it is. Opened once
/// more, everybody's dots are still there to be changed.
/// </summary>
internal static class OpenVoting
{
    public static void Map(RouteGroupBuilder lists) =>
        lists.MapPost("/{id:guid}/voting/open", Handle)
            .UseCase(nameof(OpenVoting), "Open voting on priorities")
            .RequireScope(Scopes.PlansWrite)
            .Refuses(PriorityErrors.LeadersOnly, PriorityErrors.OrderedByHand, PriorityErrors.VotingIsOpen)
            .Example(response: WholePriorityListResponse.Sample with { List = PriorityListResponse.Sample with { Voting = VotingStatus.Open, Version = 2 } });

    private static async Task<Results<Ok<WholePriorityListResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PriorityDesk desk, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        var (list, priorities, refused) = await desk.FindForLeadingAsync(id, ifMatch, isFixedWhileVoting: false, ct);
        if (list is null)
            return refused!;
        if (list.OpenVoting(clock.GetUtcNow()) is { } wrong)
            return wrong.ToConflict();

        audit.Record("priorityList.votingOpened", id, list.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(WholePriorityListResponse.Of(list, priorities));
    }
}
