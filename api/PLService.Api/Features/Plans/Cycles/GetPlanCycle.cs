using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.Cycles;

/// <summary>One improvement cycle of a plan; its ETag is what a change of it names.</summary>
internal static class GetPlanCycle
{
    public static void Map(RouteGroupBuilder cycles) =>
        cycles.MapGet("/{partId:guid}", Handle)
            .UseCase(nameof(GetPlanCycle), "Read an improvement cycle of a plan")
            .RequireScope(Scopes.PlansRead)
            .Example(response: PlanCycleResponse.Sample);

    private static async Task<Results<Ok<PlanCycleResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, Guid partId, PLServiceDbContext db, CancellationToken ct) =>
        await db.PartsOf(id, PlanPartKind.Cycle).SingleOrDefaultAsync(part => part.Id == partId, ct) is { } part
            ? TypedResults.Ok(PlanCycleResponse.Of(part))
            : Problems.NotFound("plan_cycle");
}
