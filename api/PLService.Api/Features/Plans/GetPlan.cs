using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans;

/// <summary>A plan with all of its parts, each in its order. Each part has a version of its own, which a change of it names; the plan's grows with each of them.</summary>
internal static class GetPlan
{
    public static void Map(RouteGroupBuilder plans) =>
        plans.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetPlan), "Read a plan with its parts")
            .RequireScope(Scopes.PlansRead)
            .ComputedExample(() => WholePlanResponse.Sample);

    private static async Task<Results<Ok<WholePlanResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, PLServiceDbContext db, CancellationToken ct) =>
        await db.ReachablePlans().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is { } plan
            ? TypedResults.Ok(WholePlanResponse.Of(plan, await db.PlanParts.AsNoTracking().Where(p => p.PlanId == id).OrderBy(p => p.Position).ThenBy(p => p.Id).ToListAsync(ct)))
            : Problems.NotFound("plan");
}
