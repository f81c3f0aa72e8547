using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.Measures;

/// <summary>One measure of a plan; its ETag is what a change of it names.</summary>
internal static class GetPlanMeasure
{
    public static void Map(RouteGroupBuilder measures) =>
        measures.MapGet("/{partId:guid}", Handle)
            .UseCase(nameof(GetPlanMeasure), "Read a measure of a plan")
            .RequireScope(Scopes.PlansRead)
            .Example(response: PlanMeasureResponse.Sample);

    private static async Task<Results<Ok<PlanMeasureResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, Guid partId, PLServiceDbContext db, CancellationToken ct) =>
        await db.PartsOf(id, PlanPartKind.Measure).SingleOrDefaultAsync(part => part.Id == partId, ct) is { } part
            ? TypedResults.Ok(PlanMeasureResponse.Of(part))
            : Problems.NotFound("plan_measure");
}
