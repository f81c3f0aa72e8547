using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Priorities;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>Deletes a priority list with its priorities and votes, as long as none of them is adopted.</summary>
internal static class DeletePriorityList
{
    public static void Map(RouteGroupBuilder lists) =>
        lists.MapDelete("/{id:guid}", Handle)
            .UseCase(nameof(DeletePriorityList), "Delete a priority list")
            .RequireScope(Scopes.PlansWrite)
            .Refuses(PriorityErrors.LeadersOnly, PriorityErrors.InUse);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PriorityDesk desk, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var (list, priorities, refused) = await desk.FindForLeadingAsync(id, ifMatch, isFixedWhileVoting: false, ct);
        if (list is null)
            return refused!;
        if (priorities.Exists(p => p.Status is PriorityStatus.Adopted))
            return PriorityErrors.InUse.ToConflict();

        db.Remove(list);
        audit.Record("priorityList.deleted", id, list.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
