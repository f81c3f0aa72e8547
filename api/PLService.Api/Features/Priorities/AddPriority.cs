using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Domain.Priorities;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>
/// Adds a priority to a list: one item or several, gaps by the instrument's rules or not. Where none of them is a gap, the team says why it is a
/// priority all the same. It stands at the end until the list is ordered.
/// </summary>
internal static class AddPriority
{
    /// <summary>A new priority.</summary>
    internal sealed record Request : PriorityContent
    {
        internal static readonly Request Sample = PlanJson.Read<Request>(PlanJson.Write(PriorityResponse.SampleContent)) with { Items = ["STR.2"] };

        /// <summary>Codes of the items, 1 to 200.</summary>
        public IReadOnlyList<string> Items { get; init; } = [];
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            Include(new PriorityContentValidator());
            RuleFor(request => request.Items)
                .Must(items => items.Count is >= 1 and <= PriorityList.MaxPriorities).WithErrorCode("value.too_many").WithMessage($"1 to {PriorityList.MaxPriorities} items.")
                .Must(items => items.All(item => item is { Length: >= 1 and <= 40 })).WithErrorCode("value.length").WithMessage("A code has 1 to 40 characters.");
        }
    }

    public static void Map(RouteGroupBuilder lists) =>
        lists.MapPost("/{id:guid}/priorities", Handle)
            .UseCase(nameof(AddPriority), "Add a priority to a list")
            .RequireScope(Scopes.PlansWrite)
            .Validate<Request>()
            .Refuses(PriorityErrors.LeadersOnly, PriorityErrors.VotingIsOpen, PriorityErrors.TooMany)
            .Example(Request.Sample, PriorityResponse.Sample);

    private static async Task<Results<Created<PriorityResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, PriorityDesk desk, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var (list, priorities, refused) = await desk.FindForLeadingAsync(id, null, isFixedWhileVoting: true, ct);
        if (list is null)
            return refused!;
        if (priorities.Count >= PriorityList.MaxPriorities)
            return PriorityErrors.TooMany.ToConflict();
        var items = await desk.ItemsOfAsync(list, ct);
        var unknown = request.Items.Index().Where(at => items.Find(at.Item) is null)
            .Select(at => new ApiFault($"/items/{at.Index}", "priority.unknown_item", $"The assessment's instrument has no item {at.Item}.")).ToList();
        if (unknown.Count > 0)
            return Problems.Invalid(unknown);
        var levels = items.InOrder(request.Items);
        if (request.Reason is null && !levels.Any(level => level.IsGap))
            return Problems.Invalid("/reason", "priority.reason_required", "None of the items is a gap by the instrument's rules: say why it is a priority.");
        if (PriorityDesk.RefusesTarget(items, request, request.Items) is { } target)
            return target;

        var priority = Priority.Create(list, request, levels, false, PriorityDesk.NextPosition(priorities));
        db.Add(priority);
        db.Touch(list);
        audit.Record("priorityList.changed", id, list.OrganizationId, new { added = priority.Id });
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/priority-lists/{id}/priorities/{priority.Id}", PriorityResponse.Of(priority, list.DotsWithheld));
    }
}
