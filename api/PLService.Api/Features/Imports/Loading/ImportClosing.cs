using Microsoft.EntityFrameworkCore;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>Closes the assessments of a file after its rows are in, when the sender asked for it: results are frozen in the same transaction.</summary>
internal sealed class ImportClosing(AssessmentCloser closer, PLServiceDbContext db)
{
    public async Task CloseAsync(ScopeResolver scopes, ImportLoad load, CancellationToken ct)
    {
        if (!load.Options.CloseAssessments)
            return;
        load.Report("closing assessments", load.Size);
        var ids = scopes.Targets.Select(target => target.Id).ToList();
        if (await closer.CloseAsync(ids, ct) is { } refused)
        {
            load.Issues.Add(new(ImportSeverity.Error, refused.Code, refused.Message, 0, 0));
            load.IsUnreadable = true;
            return;
        }

        // Undo opens again what was there and open before.
        var existing = scopes.Targets.Where(target => target.MadeFrom is null).Select(target => target.Id).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into pls.import_change (tenant_id, import_id, resource_type, resource_id, version_after)
             select tenant_id, {load.ImportId}, 'assessment', id, version from pls.assessment where tenant_id = {db.TenantId} and id = any({existing})
             """, ct);
        load.Receipt.Assessments = load.Receipt.Assessments with { Closed = ids.Count };
    }
}
