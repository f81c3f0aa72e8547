using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Jobs;

/// <summary>One background job: status, what it does at the moment and how far it is.</summary>
internal static class GetJob
{
    public static void Map(RouteGroupBuilder jobs) =>
        jobs.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetJob), "Read a background job")
            .RequireScope(Scopes.JobsRead)
            .Example(response: JobResponse.Sample);

    private static async Task<Results<Ok<JobResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, PLServiceDbContext db, Caller caller, CancellationToken ct) =>
        await JobResponse.Reachable(db, caller).Where(j => j.Id == id).Select(JobResponse.From).SingleOrDefaultAsync(ct) is { } found
            ? TypedResults.Ok(found)
            : Problems.NotFound("job");
}
