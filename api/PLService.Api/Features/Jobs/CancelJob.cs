using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Jobs;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Features.Jobs;

/// <summary>Asks a job to stop. It ends as cancelled within seconds and leaves nothing half done.</summary>
internal static class CancelJob
{
    public static void Map(RouteGroupBuilder jobs) =>
        jobs.MapPost("/{id:guid}/cancel", Handle)
            .UseCase(nameof(CancelJob), "Cancel a background job")
            .RequireScope(Scopes.JobsWrite)
            .Refuses(JobErrors.AlreadyEnded)
            .Example(response: JobResponse.Sample with { CancelRequested = true });

    private static async Task<Results<Ok<JobResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, PLServiceDbContext db, Caller caller, AuditTrail audit, JobQueue queue, TimeProvider clock, CancellationToken ct)
    {
        // The worker writes to the row every second: it is locked instead of guarded by a version.
        await db.Database.ExecuteSqlAsync($"select 1 from pls.job where tenant_id = {caller.TenantId} and id = {id} for update", ct);
        if (await JobResponse.Reachable(db, caller).SingleOrDefaultAsync(j => j.Id == id, ct) is not { } job)
            return Problems.NotFound("job");
        if (job.RequestCancel(clock.GetUtcNow()) is { } refused)
            return refused.ToConflict();

        audit.Record("job.cancelled", job.Id, job.OrganizationId, new { job.Kind, job.ResourceId });
        await db.SaveChangesAsync(ct);
        queue.Wake();
        return TypedResults.Ok(JobResponse.From.Compile()(job));
    }
}
