using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Priorities;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>Drops a priority: the team does not act on it. It stays in the list, with its reason, and can be restored. One that plans act on is not dropped.</summary>
internal static class DropPriority
{
    /// <param name="Reason">Why, 500 characters at most.</param>
    public sealed record Request(string? Reason = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Reason).Length(1, Priority.DropReasonMaxLength);
    }

    public static void Map(RouteGroupBuilder lists) =>
        lists.MapPost("/{id:guid}/priorities/{priorityId:guid}/drop", Handle)
            .UseCase(nameof(DropPriority), "Drop a priority")
            .RequireScope(Scopes.PlansWrite)
            .Validate<Request>()
            .Refuses(PriorityErrors.LeadersOnly, PriorityErrors.VotingIsOpen, PriorityErrors.IsDropped, PriorityErrors.ActedOn)
            .Example(new Request("It is being done already."), PriorityResponse.Sample with { Status = PriorityStatus.Dropped, DropReason = "It is being done already.", Version = 2 });

    private static async Task<Results<Ok<PriorityResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid priorityId, Request request, IfMatch ifMatch, PriorityDesk desk, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var (list, _, priority, refused) = await desk.FindPriorityAsync(id, priorityId, ifMatch, isFixedWhileVoting: true, ct);
        if (list is null || priority is null)
            return refused!;
        // Whoever makes a part of a plan refer to it holds its row.
        await db.Database.ExecuteSqlAsync($"select 1 from pls.priority where tenant_id = {db.TenantId} and id = {priorityId} for update", ct);
        if (await db.PlanParts.AnyAsync(p => p.PriorityId == priorityId, ct))
            return PriorityErrors.ActedOn.ToConflict();
        if (priority.Drop(request.Reason) is { } wrong)
            return wrong.ToConflict();

        db.Touch(list);
        audit.Record("priorityList.changed", id, list.OrganizationId, new { dropped = priorityId });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(PriorityResponse.Of(priority, list.DotsWithheld));
    }
}
