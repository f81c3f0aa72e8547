using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.Versions;

/// <summary>A version of a plan with all that the plan said then.</summary>
internal static class GetPlanVersion
{
    /// <param name="Kept">When, why and by whom it was kept.</param>
    /// <param name="Document">The plan with its parts; a part's reference is its id.</param>
    internal sealed record Response(PlanVersionResponse Kept, PlanDocument Document)
    {
        internal static readonly Response Sample = new(PlanVersionResponse.Sample, ExportPlan.Sample);
    }

    public static void Map(RouteGroupBuilder plans) =>
        plans.MapGet("/{id:guid}/versions/{number:int}", Handle)
            .UseCase(nameof(GetPlanVersion), "Read a version of a plan")
            .RequireScope(Scopes.PlansRead)
            .Example(response: Response.Sample);

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(Guid id, int number, PLServiceDbContext db, VersionDesk versions, CancellationToken ct) =>
        await versions.FindAsync(id, number, ct) is { } version
            ? TypedResults.Ok(new Response(PlanVersionResponse.Of(version, await db.NamesOfAsync([version.PersonId], ct)), PlanJson.Read<PlanDocument>(version.Document)))
            : Problems.NotFound("plan_version");
}
