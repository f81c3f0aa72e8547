using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.QuickWrites;

/// <summary>One quick-write of a plan; its ETag is what a change of it names.</summary>
internal static class GetPlanQuickWrite
{
    public static void Map(RouteGroupBuilder quickWrites) =>
        quickWrites.MapGet("/{partId:guid}", Handle)
            .UseCase(nameof(GetPlanQuickWrite), "Read a quick-write of a plan")
            .RequireScope(Scopes.PlansRead)
            .Example(response: PlanQuickWriteResponse.Sample);

    private static async Task<Results<Ok<PlanQuickWriteResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, Guid partId, PLServiceDbContext db, CancellationToken ct) =>
        await db.PartsOf(id, PlanPartKind.QuickWrite).SingleOrDefaultAsync(part => part.Id == partId, ct) is { } part
            ? TypedResults.Ok(PlanQuickWriteResponse.Of(part))
            : Problems.NotFound("plan_quickwrite");
}
