using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.Statements;

/// <summary>One statement of a plan; its ETag is what a change of it names.</summary>
internal static class GetPlanStatement
{
    public static void Map(RouteGroupBuilder statements) =>
        statements.MapGet("/{partId:guid}", Handle)
            .UseCase(nameof(GetPlanStatement), "Read an if / then statement of a plan")
            .RequireScope(Scopes.PlansRead)
            .Example(response: PlanStatementResponse.Sample);

    private static async Task<Results<Ok<PlanStatementResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, Guid partId, PLServiceDbContext db, CancellationToken ct) =>
        await db.PartsOf(id, PlanPartKind.Statement).SingleOrDefaultAsync(part => part.Id == partId, ct) is { } part
            ? TypedResults.Ok(PlanStatementResponse.Of(part))
            : Problems.NotFound("plan_statement");
}
