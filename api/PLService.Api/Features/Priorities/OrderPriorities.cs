using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Priorities;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>Puts the priorities of a list with ordering <c>dragOrder</c> into the order that the team agreed on.</summary>
internal static class OrderPriorities
{
    /// <param name="PriorityIds">Every priority of the list that was not dropped, the first one first.</param>
    public sealed record Request(IReadOnlyList<Guid> PriorityIds);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.PriorityIds).Ids(least: 1);
    }

    public static void Map(RouteGroupBuilder lists) =>
        lists.MapPut("/{id:guid}/order", Handle)
            .UseCase(nameof(OrderPriorities), "Order the priorities of a list")
            .RequireScope(Scopes.PlansWrite)
            .Validate<Request>()
            .Refuses(PriorityErrors.LeadersOnly, PriorityErrors.OrderedByVote)
            .Example(new Request([PriorityResponse.Sample.Id]), WholePriorityListResponse.Sample);

    private static async Task<Results<Ok<WholePriorityListResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, PriorityDesk desk, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var (list, priorities, refused) = await desk.FindForLeadingAsync(id, ifMatch, isFixedWhileVoting: false, ct);
        if (list is null)
            return refused!;
        if (list.Ordering is not PriorityOrdering.DragOrder)
            return PriorityErrors.OrderedByVote.ToConflict();
        var places = request.PriorityIds.Index().ToDictionary(at => at.Item, at => at.Index);
        if (!priorities.Where(p => p.Status is not PriorityStatus.Dropped).Select(p => p.Id).ToHashSet().SetEquals(places.Keys))
            return Problems.Invalid("/priorityIds", "priority_list.other_priorities", "Name every priority of the list that was not dropped, and no other.");

        foreach (var priority in priorities.Where(p => places.ContainsKey(p.Id)))
            priority.Move(places[priority.Id]);
        db.Touch(list);
        audit.Record("priorityList.ordered", id, list.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(WholePriorityListResponse.Of(list, priorities));
    }
}
