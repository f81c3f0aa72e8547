using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Plans;
using PLService.Api.Persistence;

namespace PLService.Api.Catalog;

/// <summary>The templates and forms of plans that ship with the service, in the system catalog. Plans take a copy, so both may change with the service.</summary>
internal static class PlanCatalog
{
    /// <exception cref="InvalidOperationException">The document has faults.</exception>
    public static async Task LoadTemplateAsync(PLServiceDbContext db, string name, PlanTemplateDocument document, TimeProvider clock, CancellationToken ct)
    {
        if (PlanTemplateCheck.Check(document) is [var fault, ..])
            throw new InvalidOperationException($"{name} has a fault at {fault.Pointer}: {fault.Detail}");

        var (id, now, catalog, title, json) = (CatalogLoader.StableId("planTemplate", document.Code), clock.GetUtcNow(), Guid.Empty, PlanJson.Write(document.Title), PlanJson.Write(document));
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into pls.plan_template as stored (tenant_id, id, code, title, document, created_at, updated_at)
             values ({catalog}, {id}, {document.Code}, {title}::jsonb, {json}::jsonb, {now}, {now})
             on conflict (tenant_id, id) do update
               set title = excluded.title, document = excluded.document, version = stored.version + 1, updated_at = excluded.updated_at
               where stored.document <> excluded.document
             """, ct);
    }

    /// <exception cref="InvalidOperationException">The document has faults.</exception>
    public static async Task LoadFormAsync(PLServiceDbContext db, string name, PlanFormDocument document, TimeProvider clock, CancellationToken ct)
    {
        if (PlanFormCheck.Check(document) is [var fault, ..])
            throw new InvalidOperationException($"{name} has a fault at {fault.Pointer}: {fault.Detail}");

        var (id, now, catalog, title, json) = (CatalogLoader.StableId("planForm", document.Code), clock.GetUtcNow(), Guid.Empty, PlanJson.Write(document.Title), PlanJson.Write(document));
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into pls.plan_form as stored (tenant_id, id, code, title, document, created_at, updated_at)
             values ({catalog}, {id}, {document.Code}, {title}::jsonb, {json}::jsonb, {now}, {now})
             on conflict (tenant_id, id) do update
               set title = excluded.title, document = excluded.document, version = stored.version + 1, updated_at = excluded.updated_at
               where stored.document <> excluded.document
             """, ct);
    }
}
