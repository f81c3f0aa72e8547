using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Persistence;

namespace PLService.Api.Catalog;

/// <summary>The toolkits that ship with the service, in the system catalog.</summary>
internal static class ToolkitCatalog
{
    /// <exception cref="InvalidOperationException">The document has faults, or differs from the version that was loaded under its label.</exception>
    public static async Task LoadAsync(PLServiceDbContext db, string name, ToolkitDocument document, TimeProvider clock, CancellationToken ct)
    {
        if (ToolkitCheck.Check(document) is [var fault, ..])
            throw new InvalidOperationException($"{name} has a fault at {fault.Pointer}: {fault.Detail}");

        var (toolkitId, versionId) = (CatalogLoader.StableId("toolkit", document.Code), CatalogLoader.StableId("toolkit", $"{document.Code}/{document.Version}"));
        var (now, hash, catalog) = (clock.GetUtcNow(), Convert.FromHexString(DocumentHash.Of(document)), Guid.Empty);
        var title = JsonSerializer.Serialize(document.Title, ToolkitJson.Options);
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into pls.toolkit (tenant_id, id, code, title, created_at, updated_at)
             values ({catalog}, {toolkitId}, {document.Code}, {title}::jsonb, {now}, {now})
             on conflict (tenant_id, id) do update set title = excluded.title
             """, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into pls.toolkit_version (tenant_id, id, toolkit_id, label, status, document, sha256, published_at, created_at, updated_at)
             values ({catalog}, {versionId}, {toolkitId}, {document.Version}, 'published', {ToolkitJson.Write(document)}::jsonb, {hash}, {now}, {now}, {now})
             on conflict (tenant_id, id) do nothing
             """, ct);
        var stored = await db.ToolkitVersions.Where(v => v.Id == versionId).Select(v => v.Sha256).SingleAsync(ct);
        if (!stored.AsSpan().SequenceEqual(hash))
            throw new InvalidOperationException($"{name} was changed without a new version label: {document.Code} {document.Version} is published and stays as it is.");
    }
}
