using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.Needs;

/// <summary>One need of a plan; its ETag is what a change of it names.</summary>
internal static class GetPlanNeed
{
    public static void Map(RouteGroupBuilder needs) =>
        needs.MapGet("/{partId:guid}", Handle)
            .UseCase(nameof(GetPlanNeed), "Read a need of a plan")
            .RequireScope(Scopes.PlansRead)
            .Example(response: PlanNeedResponse.Sample);

    private static async Task<Results<Ok<PlanNeedResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, Guid partId, PLServiceDbContext db, CancellationToken ct) =>
        await db.PartsOf(id, PlanPartKind.Need).SingleOrDefaultAsync(part => part.Id == partId, ct) is { } part
            ? TypedResults.Ok(PlanNeedResponse.Of(part))
            : Problems.NotFound("plan_need");
}
