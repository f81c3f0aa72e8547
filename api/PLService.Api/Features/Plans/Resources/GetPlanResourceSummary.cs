using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.Plans.Resources;

/// <summary>
/// What a plan takes of people, time and money, in all and by strategy, with ratios; beside it published figures of other school systems with their source,
/// and how the active plans of siblings spread: organizations of the same kind below the same parent, which are never named. Where fewer of them than the
/// tenant's least group have plans that name a figure, nothing is told of it.
/// </summary>
internal static class GetPlanResourceSummary
{
    public sealed class Request
    {
        /// <summary>How many teachers the organization has, 1 to 1,000,000: for what is spent on each.</summary>
        public int? Teachers { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Teachers).InclusiveBetween(1, 1_000_000);
    }

    public static void Map(RouteGroupBuilder resources) =>
        resources.MapGet("/summary", Handle)
            .UseCase(nameof(GetPlanResourceSummary), "Read what a plan takes, beside others")
            .RequireScope(Scopes.PlansRead)
            .Validate<Request>()
            .ComputedExample(() => PlanResourceSummary.Sample);

    private static async Task<Results<Ok<PlanResourceSummary>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, PLServiceDbContext db, SiblingTallies siblings, CancellationToken ct)
    {
        var found = await db.ReachablePlans().Where(plan => plan.Id == id)
            .Select(plan => new { plan.OrganizationId, Minimum = db.Tenants.Select(tenant => tenant.MinimumGroupSize).First() }).SingleOrDefaultAsync(ct);
        if (found is null)
            return Problems.NotFound("plan");

        var parts = await db.PlanParts.AsNoTracking().Where(part => part.PlanId == id && (part.Kind == PlanPartKind.Resource || part.Kind == PlanPartKind.Strategy))
            .OrderBy(part => part.Position).ThenBy(part => part.Id).Select(part => new { part.Id, part.Kind, part.Content }).ToListAsync(ct);
        var resources = parts.Where(part => part.Kind is PlanPartKind.Resource).Select(part => PlanJson.Read<ResourceContent>(part.Content)).ToList();
        var strategies = parts.Where(part => part.Kind is PlanPartKind.Strategy).Select(part => (part.Id, PlanJson.Read<StrategyContent>(part.Content).Title)).ToList();
        return TypedResults.Ok(PlanResourceSummary.Of(
            id, resources, strategies, request.Teachers, await siblings.ReadAsync(found.OrganizationId, id, ct), found.Minimum));
    }
}
