using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns;

/// <summary>A team at work on a toolkit: its members, how far it is with each tool, and which one is next.</summary>
internal static class GetToolkitRun
{
    public static void Map(RouteGroupBuilder runs) =>
        runs.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetToolkitRun), "Read a team's progress")
            .RequireScope(Scopes.ToolkitsRead)
            .Example(response: ToolkitRunResponse.Sample);

    private static async Task<Results<Ok<ToolkitRunResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, PLServiceDbContext db, RunReader reader, CancellationToken ct) =>
        await db.ReachableToolkitRuns().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is { } run
            ? TypedResults.Ok(await reader.ReadAsync(run, ct))
            : Problems.NotFound("toolkit_run");
}
