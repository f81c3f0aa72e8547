using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Priorities;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>
/// Priorities of the organizations that you reach, across lists, the newest first, each with what plans do about it: from the rating over the priority to
/// the steps.
/// </summary>
internal static class ListPriorities
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only of exactly this organization.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>Only of this organization or of one below it.</summary>
        public Guid? WithinOrganizationId { get; init; }

        /// <summary>Only with this status.</summary>
        public PriorityStatus? Status { get; init; }

        /// <summary>Only of this instrument, by its code.</summary>
        public string? Instrument { get; init; }

        /// <summary>Only those that have this item, by its code.</summary>
        public string? Item { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 1)
        {
            RuleFor(request => request.Instrument).Length(1, 40);
            RuleFor(request => request.Item).Length(1, 40);
        }
    }

    public static void Map(RouteGroupBuilder priorities) =>
        priorities.MapQuery("/", Handle)
            .UseCase(nameof(ListPriorities), "List priorities with what plans do about them")
            .RequireScope(Scopes.PlansRead)
            .Validate<Request>()
            .Example(response: new Page<TracedPriorityResponse>([TracedPriorityResponse.Sample], null, null));

    private static async Task<Ok<Page<TracedPriorityResponse>>> Handle([AsParameters] Request request, PLServiceDbContext db, CancellationToken ct)
    {
        var found = db.ReachablePriorities().AsNoTracking();
        if (request.OrganizationId is { } organization)
            found = found.Where(p => p.OrganizationId == organization);
        if (request.WithinOrganizationId is { } root)
            found = found.Where(p => db.OrganizationClosure.Any(c => c.AncestorId == root && c.DescendantId == p.OrganizationId));
        if (request.Status is { } status)
            found = found.Where(p => p.Status == status);
        if (request.Instrument is { } instrument)
            found = found.Where(p => p.Instrument == instrument);
        if (request.Item is { } item)
            found = found.Where(p => p.Items.Contains(item));
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(p => p.Id < last);

        var rows = await found.OrderByDescending(p => p.Id).Take(request.Take + 1).Join(db.PriorityLists, p => p.ListId, l => l.Id, (Priority, List) => new { Priority, List })
            .OrderByDescending(row => row.Priority.Id).ToListAsync(ct);
        var page = Page.Of(rows, request.Take, row => [row.Priority.Id.ToString()], count);
        var acting = await ActingPlans.OfAsync(db, [.. page.Items.Select(row => row.Priority.Id)], ct);
        return TypedResults.Ok(new Page<TracedPriorityResponse>(
            [.. page.Items.Select(row => TracedPriorityResponse.Of(row.Priority, row.List, [.. acting[row.Priority.Id]]))], page.NextCursor, page.Count));
    }
}
