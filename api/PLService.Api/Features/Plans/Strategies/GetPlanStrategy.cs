using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.Strategies;

/// <summary>One strategy of a plan; its ETag is what a change of it names.</summary>
internal static class GetPlanStrategy
{
    public static void Map(RouteGroupBuilder strategies) =>
        strategies.MapGet("/{partId:guid}", Handle)
            .UseCase(nameof(GetPlanStrategy), "Read a strategy of a plan")
            .RequireScope(Scopes.PlansRead)
            .Example(response: PlanStrategyResponse.Sample);

    private static async Task<Results<Ok<PlanStrategyResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, Guid partId, PLServiceDbContext db, CancellationToken ct) =>
        await db.PartsOf(id, PlanPartKind.Strategy).SingleOrDefaultAsync(part => part.Id == partId, ct) is { } part
            ? TypedResults.Ok(PlanStrategyResponse.Of(part))
            : Problems.NotFound("plan_strategy");
}
