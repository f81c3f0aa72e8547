using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Domain.Priorities;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>
/// Puts several proposed priorities together into the first one named, which keeps its id and place and takes their items and dots; the others are no
/// more. If-Match takes the ETag of the list.
/// </summary>
internal static class MergePriorities
{
    /// <summary>What is put together, and what it is to say.</summary>
    internal sealed record Request : PriorityContent
    {
        internal static readonly Request Sample = PlanJson.Read<Request>(PlanJson.Write(PriorityResponse.SampleContent)) with
        {
            PriorityIds = [PriorityResponse.Sample.Id, Guid.Parse("01a2b3c4-0000-7000-8000-000000000602")],
        };

        /// <summary>The priorities, 2 to 200; the first one stays.</summary>
        public IReadOnlyList<Guid> PriorityIds { get; init; } = [];
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            Include(new PriorityContentValidator());
            RuleFor(request => request.PriorityIds).Ids(least: 2);
        }
    }

    public static void Map(RouteGroupBuilder lists) =>
        lists.MapPost("/{id:guid}/priorities/merge", Handle)
            .UseCase(nameof(MergePriorities), "Put priorities together")
            .RequireScope(Scopes.PlansWrite)
            .Validate<Request>()
            .Refuses(PriorityErrors.LeadersOnly, PriorityErrors.VotingIsOpen, PriorityErrors.UnknownPriority, PriorityErrors.NotProposed)
            .Example(Request.Sample, WholePriorityListResponse.Sample);

    private static async Task<Results<Ok<WholePriorityListResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, PriorityDesk desk, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var (list, priorities, refused) = await desk.FindForLeadingAsync(id, ifMatch, isFixedWhileVoting: true, ct);
        if (list is null)
            return refused!;
        var chosen = priorities.FindAll(p => request.PriorityIds.Contains(p.Id));
        if (chosen.Count < request.PriorityIds.Count)
            return PriorityErrors.UnknownPriority.ToConflict();
        var stays = chosen.Find(p => p.Id == request.PriorityIds[0])!;
        var others = chosen.FindAll(p => p != stays);
        var items = await desk.ItemsOfAsync(list, ct);
        var levels = items.InOrder(chosen.SelectMany(p => p.Items));
        if (PriorityDesk.RefusesTarget(items, request, levels.Select(level => level.Item)) is { } target)
            return target;
        if (stays.Absorb(others, request, levels) is { } wrong)
            return wrong.ToConflict();

        await MoveDotsAsync(db, stays.Id, [.. chosen.Select(p => p.Id)], ct);
        db.RemoveRange(others);
        db.Touch(list);
        audit.Record("priorityList.changed", id, list.OrganizationId, new { merged = others.Select(p => p.Id), into = stays.Id });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(WholePriorityListResponse.Of(list, priorities.Except(others)));
    }

    // Everybody's dots stay as many, so that voting can be opened again.
    private static Task MoveDotsAsync(PLServiceDbContext db, Guid stays, Guid[] all, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
         insert into pls.priority_dots (tenant_id, ballot_id, priority_id, dots)
         select d.tenant_id, d.ballot_id, {stays}, sum(d.dots)::int from pls.priority_dots d
         where d.tenant_id = {db.TenantId} and d.priority_id = any ({all}) group by d.tenant_id, d.ballot_id
         on conflict (tenant_id, ballot_id, priority_id) do update set dots = excluded.dots
         """, ct);
}
