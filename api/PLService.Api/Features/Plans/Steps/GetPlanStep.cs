using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.Steps;

/// <summary>One action step of a plan; its ETag is what a change of it names.</summary>
internal static class GetPlanStep
{
    public static void Map(RouteGroupBuilder steps) =>
        steps.MapGet("/{partId:guid}", Handle)
            .UseCase(nameof(GetPlanStep), "Read an action step of a plan")
            .RequireScope(Scopes.PlansRead)
            .Example(response: PlanStepResponse.Sample);

    private static async Task<Results<Ok<PlanStepResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, Guid partId, PLServiceDbContext db, CancellationToken ct) =>
        await db.PartsOf(id, PlanPartKind.Step).SingleOrDefaultAsync(part => part.Id == partId, ct) is { } part
            ? TypedResults.Ok(PlanStepResponse.Of(part))
            : Problems.NotFound("plan_step");
}
