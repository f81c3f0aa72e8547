using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;

namespace PLService.Api.Persistence.Frameworks;

/// <summary>
/// Keeps what refers to standards, for whoever holds a document with such references: its rows are replaced together, in the caller's
/// transaction, whenever the document changes.
/// </summary>
internal sealed class StandardReferences(PLServiceDbContext db)
{
    /// <summary>Makes these the only references of a resource; those that stay as they are are not written.</summary>
    /// <param name="resourceType">What refers, in the words of the audit trail.</param>
    /// <param name="resourceId">Its id.</param>
    /// <param name="rows">All of its references; none when it is gone.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ArgumentException">A row is of another resource.</exception>
    public async Task ReplaceAsync(string resourceType, Guid resourceId, IReadOnlyCollection<StandardReference> rows, CancellationToken ct)
    {
        if (rows.Any(row => row.ResourceType != resourceType || row.ResourceId != resourceId))
            throw new ArgumentException("A row is of another resource.", nameof(rows));

        var frameworks = rows.Select(row => row.FrameworkCode).ToArray();
        var standards = rows.Select(row => row.StandardCode).ToArray();
        var parts = rows.Select(row => row.Part).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
             delete from pls.standard_reference r
             where r.tenant_id = {db.TenantId} and r.resource_type = {resourceType} and r.resource_id = {resourceId}
               and (r.framework_code, r.standard_code, r.part) not in (select * from unnest({frameworks}, {standards}, {parts}))
             """, ct);
        if (rows.Count == 0)
            return;

        var relations = rows.Select(row => row.Relation).ToArray();
        var titles = rows.Select(row => row.Title).ToArray();
        var addresses = rows.Select(row => row.Address).ToArray();
        var organizations = rows.Select(row => row.OrganizationId).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into pls.standard_reference as r
               (tenant_id, resource_type, resource_id, framework_code, standard_code, part, relation, title, address, organization_id)
             select {db.TenantId}, {resourceType}, {resourceId}, *
             from unnest({frameworks}, {standards}, {parts}, {relations}, {titles}, {addresses}, {organizations})
             on conflict (tenant_id, framework_code, standard_code, resource_type, resource_id, part) do update
               set relation = excluded.relation, title = excluded.title, address = excluded.address, organization_id = excluded.organization_id
               where (r.relation, r.title, r.address, r.organization_id) is distinct from (excluded.relation, excluded.title, excluded.address, excluded.organization_id)
             """, ct);
    }
}
