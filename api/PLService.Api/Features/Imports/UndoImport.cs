using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Features.Imports.Loading;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports;

/// <summary>
/// Takes back what an import brought: what it created goes, what it changed gets its former state. All of it or nothing: when anything
/// of it was changed, rated on or closed since, the undo is refused. What it gives back or takes away of people and roles you must be able to give and take yourself.
/// </summary>
internal static class UndoImport
{
    public static void Map(RouteGroupBuilder imports) =>
        imports.MapPost("/{id:guid}/undo", Handle)
            .UseCase(nameof(UndoImport), "Undo an import")
            .RequireScope(Scopes.ImportsWrite)
            .Refuses(
                ImportErrors.NotCompleted, ImportErrors.WasDryRun, ImportErrors.ChangedSince, PersonErrors.BeyondYourReach, MembershipErrors.BeyondYourReach, MembershipErrors.LastAdmin)
            .Example(response: ImportResponse.Sample with { Status = ImportStatus.Undone });

    private static async Task<Results<Ok<ImportResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, PLServiceDbContext db, Caller caller, ImportUndo undo, ImportSender sender, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from pls.import where tenant_id = {caller.TenantId} and id = {id} for update", ct);
        if (await ImportResponse.Reachable(db, caller).SingleOrDefaultAsync(i => i.Id == id, ct) is not { } import)
            return Problems.NotFound("import");
        if (await sender.RefuseWriterAsync(import.Kind, import.OrganizationId, ct) is { } missing)
            return missing;
        if (ImportJson.Read(import.Options).DryRun && import.Status is ImportStatus.Completed)
            return ImportErrors.WasDryRun.ToConflict();
        if (import.Undo(clock.GetUtcNow()) is { } refused)
            return refused.ToConflict();
        if (await undo.UndoAsync(import, ct) is { } changed)
            return changed.ToConflict();

        audit.Record("import.undone", id, import.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(ImportResponse.Of(await db.Imports.AsNoTracking().Where(i => i.Id == id).Select(ImportResponse.From(db)).SingleAsync(ct)));
    }
}
