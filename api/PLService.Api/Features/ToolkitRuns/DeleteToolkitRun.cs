using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns;

/// <summary>Removes a run that was begun by mistake. Once the team has written, read or marked something it stays.</summary>
internal static class DeleteToolkitRun
{
    public static void Map(RouteGroupBuilder runs) =>
        runs.MapDelete("/{id:guid}", Handle)
            .UseCase(nameof(DeleteToolkitRun), "Delete a run without work")
            .RequireScope(Scopes.ToolkitsWrite)
            .Refuses(ToolkitRunErrors.NotMember, ToolkitRunErrors.LeadOnly, ToolkitRunErrors.HasWork);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PLServiceDbContext db, RunDesk desk, AuditTrail audit, CancellationToken ct)
    {
        // Work that begins at this moment refers to the row, and so waits.
        await db.Database.ExecuteSqlAsync($"select 1 from pls.toolkit_run where tenant_id = {db.TenantId} and id = {id} for update", ct);
        var (found, refused) = await desk.FindForWorkAsync(id, ct);
        if (found is null)
            return refused!;
        if (!await desk.LeadsAsync(found.Run.OrganizationId, ct))
            return ToolkitRunErrors.LeadOnly.ToConflict();
        if (ifMatch.Refuses(found.Run.Version) is { } stale)
            return stale;
        if (await db.Worksheets.AnyAsync(w => w.RunId == id, ct) || await db.Readings.AnyAsync(r => r.RunId == id, ct))
            return ToolkitRunErrors.HasWork.ToConflict();

        db.Remove(found.Run);
        audit.Record("toolkitRun.deleted", id, found.Run.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
