using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans;

/// <summary>Plans of the organizations that you reach, the newest first; archived ones only when they are asked for.</summary>
internal static class ListPlans
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only of exactly this organization.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>Only of this organization or of one below it.</summary>
        public Guid? WithinOrganizationId { get; init; }

        /// <summary>Only with this status.</summary>
        public PlanStatus? Status { get; init; }

        /// <summary>Only those that stand so with the next level: <c>submitted</c> wait for its decision.</summary>
        public PlanReviewState? ReviewState { get; init; }

        /// <summary>Only the plans whose period this day lies in.</summary>
        public DateOnly? On { get; init; }

        /// <summary>Only with this external id.</summary>
        public string? ExternalId { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 1) => RuleFor(request => request.ExternalId).MaximumLength(100);
    }

    public static void Map(RouteGroupBuilder plans) =>
        plans.MapQuery("/", Handle)
            .UseCase(nameof(ListPlans), "List plans")
            .RequireScope(Scopes.PlansRead)
            .Validate<Request>()
            .Example(response: new Page<PlanResponse>([PlanResponse.Sample], null, null));

    private static async Task<Ok<Page<PlanResponse>>> Handle([AsParameters] Request request, PLServiceDbContext db, CancellationToken ct)
    {
        var found = db.ReachablePlans().AsNoTracking();
        found = request.Status is { } status ? found.Where(p => p.Status == status) : found.Where(p => p.Status != PlanStatus.Archived);
        if (request.OrganizationId is { } organization)
            found = found.Where(p => p.OrganizationId == organization);
        if (request.WithinOrganizationId is { } root)
            found = found.Where(p => db.OrganizationClosure.Any(c => c.AncestorId == root && c.DescendantId == p.OrganizationId));
        if (request.ReviewState is { } review)
            found = found.Where(p => p.ReviewState == review);
        if (request.On is { } day)
            found = found.Where(p => p.StartsOn <= day && day <= p.EndsOn);
        if (request.ExternalId is { } external)
            found = found.Where(p => p.ExternalId == external);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(p => p.Id < last);

        var rows = await found.OrderByDescending(p => p.Id).Take(request.Take + 1).ToListAsync(ct);
        var page = Page.Of(rows, request.Take, plan => [plan.Id.ToString()], count);
        return TypedResults.Ok(new Page<PlanResponse>([.. page.Items.Select(PlanResponse.Of)], page.NextCursor, page.Count));
    }
}
