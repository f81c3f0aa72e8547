using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Priorities;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>Proposes a priority again that was dropped; it stands at the end of the list.</summary>
internal static class RestorePriority
{
    public static void Map(RouteGroupBuilder lists) =>
        lists.MapPost("/{id:guid}/priorities/{priorityId:guid}/restore", Handle)
            .UseCase(nameof(RestorePriority), "Restore a priority that was dropped")
            .RequireScope(Scopes.PlansWrite)
            .Refuses(PriorityErrors.LeadersOnly, PriorityErrors.VotingIsOpen, PriorityErrors.NotDropped)
            .Example(response: PriorityResponse.Sample with { Version = 3 });

    private static async Task<Results<Ok<PriorityResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid priorityId, IfMatch ifMatch, PriorityDesk desk, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var (list, priorities, priority, refused) = await desk.FindPriorityAsync(id, priorityId, ifMatch, isFixedWhileVoting: true, ct);
        if (list is null || priority is null)
            return refused!;
        if (priority.Restore(PriorityDesk.NextPosition(priorities)) is { } wrong)
            return wrong.ToConflict();

        db.Touch(list);
        audit.Record("priorityList.changed", id, list.OrganizationId, new { restored = priorityId });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(PriorityResponse.Of(priority, list.DotsWithheld));
    }
}
