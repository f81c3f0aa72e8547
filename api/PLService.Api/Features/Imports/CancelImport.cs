using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Jobs;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Features.Imports;

/// <summary>Stops an import that has not ended. It ends as cancelled within seconds, and nothing of it is in.</summary>
internal static class CancelImport
{
    public static void Map(RouteGroupBuilder imports) =>
        imports.MapPost("/{id:guid}/cancel", Handle)
            .UseCase(nameof(CancelImport), "Cancel an import")
            .RequireScope(Scopes.ImportsWrite)
            .Refuses(JobErrors.AlreadyEnded)
            .Example(response: ImportResponse.Sample with { Status = ImportStatus.Running, Receipt = null });

    private static async Task<Results<Ok<ImportResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, PLServiceDbContext db, Caller caller, AuditTrail audit, JobQueue queue, TimeProvider clock, CancellationToken ct)
    {
        if (await ImportResponse.Reachable(db, caller).Where(i => i.Id == id).Select(ImportResponse.From(db)).SingleOrDefaultAsync(ct) is not { } found)
            return Problems.NotFound("import");
        // The worker writes to the job every second: it is locked instead of guarded by a version.
        await db.Database.ExecuteSqlAsync($"select 1 from pls.job where tenant_id = {caller.TenantId} and id = {found.Import.JobId} for update", ct);
        var job = await db.Jobs.SingleAsync(j => j.Id == found.Import.JobId, ct);
        if (job.RequestCancel(clock.GetUtcNow()) is { } refused)
            return refused.ToConflict();

        audit.Record("import.cancelled", id, found.Import.OrganizationId);
        await db.SaveChangesAsync(ct);
        queue.Wake();
        return TypedResults.Ok(ImportResponse.Of(found));
    }
}
