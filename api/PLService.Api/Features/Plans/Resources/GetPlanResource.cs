using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.Resources;

/// <summary>One resource of a plan; its ETag is what a change of it names.</summary>
internal static class GetPlanResource
{
    public static void Map(RouteGroupBuilder resources) =>
        resources.MapGet("/{partId:guid}", Handle)
            .UseCase(nameof(GetPlanResource), "Read a resource of a plan")
            .RequireScope(Scopes.PlansRead)
            .Example(response: PlanResourceResponse.Sample);

    private static async Task<Results<Ok<PlanResourceResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, Guid partId, PLServiceDbContext db, CancellationToken ct) =>
        await db.PartsOf(id, PlanPartKind.Resource).SingleOrDefaultAsync(part => part.Id == partId, ct) is { } part
            ? TypedResults.Ok(PlanResourceResponse.Of(part))
            : Problems.NotFound("plan_resource");
}
