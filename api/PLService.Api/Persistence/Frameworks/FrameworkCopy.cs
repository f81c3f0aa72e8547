using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;

namespace PLService.Api.Persistence.Frameworks;

/// <summary>
/// Copies what a framework holds into a new one of the tenant, all within the database: standards get identifiers of their own, the tree and the
/// links within the framework lead from copy to copy, and each copy is linked with its original as an exact match.
/// </summary>
internal sealed class FrameworkCopy(PLServiceDbContext db, TimeProvider clock)
{
    // Definitions keep their identifiers, so that what refers to them goes on doing so; publishers repeat them in the same way.
    private const string Definitions =
        """
        insert into pls.framework_definition (tenant_id, framework_id, id, kind, title, position, body)
        select {0}, {1}, id, kind, title, position, body from pls.framework_definition where tenant_id = {2} and framework_id = {3}
        """;

    private const string Content =
        """
        with made as materialized (
            select s.id as old_id, gen_random_uuid() as new_id, s.code, s.statement, s.label, s.item_type, s.position, s.body
            from pls.standard s where s.tenant_id = {2} and s.framework_id = {3}
        ), node as materialized (
            select old_id, new_id, jsonb_build_object('identifier', new_id::text, 'uri', 'plservice:/CFItems/' || new_id, 'title', coalesce(label, code, left(statement, 80))) as link from made
            union all
            select {3}, {1}, jsonb_build_object('identifier', {1}::text, 'uri', 'plservice:/CFDocuments/' || {1}::text, 'title', {4}::text)
        ), standards as (
            insert into pls.standard (tenant_id, id, framework_id, code, statement, label, item_type, position, body, version, created_at, updated_at)
            select {0}, new_id, {1}, code, statement, label, item_type, position,
                body || jsonb_build_object('identifier', new_id::text, 'uri', 'plservice:/CFItems/' || new_id, 'lastChangeDateTime', {5}::text), 1, {6}, {6}
            from made
        ), inner_links as (
            select gen_random_uuid() as id, a.type, o.new_id as origin_id, d.new_id as destination_id, a.sequence_number,
                (row_number() over (order by a.position, a.id))::int - 1 as position, a.body, o.link as origin, d.link as destination
            from pls.standard_association a
            join node o on o.old_id = a.origin_id
            join node d on d.old_id = a.destination_id
            where a.tenant_id = {2} and a.framework_id = {3}
        ), outer_links as (
            select gen_random_uuid() as id, 'exactMatchOf' as type, m.new_id as origin_id, m.old_id as destination_id, null::int as sequence_number,
                (select count(*) from inner_links)::int + (row_number() over (order by m.position, m.old_id))::int - 1 as position, '{{}}'::jsonb as body, n.link as origin,
                jsonb_build_object('identifier', m.old_id::text, 'uri', m.body ->> 'uri', 'title', n.link ->> 'title') as destination
            from made m join node n on n.old_id = m.old_id
        ), links as (
            insert into pls.standard_association (tenant_id, framework_id, id, type, origin_id, destination_id, sequence_number, position, body)
            select {0}, {1}, id, type, origin_id, destination_id, sequence_number, position,
                body || jsonb_build_object('identifier', id::text, 'uri', 'plservice:/CFAssociations/' || id, 'associationType', type, 'originNodeURI', origin,
                    'destinationNodeURI', destination, 'lastChangeDateTime', {5}::text)
            from (select * from inner_links union all select * from outer_links) x
        )
        select 1
        """;

    /// <summary>Copies it all; the new framework is stored already, and the transaction is the caller's.</summary>
    public async Task RunAsync(Framework source, Framework copy, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Database.ExecuteSqlRawAsync(Definitions, [db.TenantId, copy.Id, source.TenantId, source.Id], ct);
        await db.Database.ExecuteSqlRawAsync(Content, [db.TenantId, copy.Id, source.TenantId, source.Id, copy.Title, CaseTexts.Moment(now), now], ct);
        await CopyRubricsAsync(source, copy, ct);
    }

    /// <summary>Rubrics are few, and one document each: identifiers of their own all the way down, and criteria that lead to the copies.</summary>
    private async Task CopyRubricsAsync(Framework source, Framework copy, CancellationToken ct)
    {
        var rubrics = await db.Rubrics.AsNoTracking().Where(r => r.TenantId == source.TenantId && r.FrameworkId == source.Id).ToListAsync(ct);
        if (rubrics.Count == 0)
            return;

        var copies = await db.StandardAssociations
            .Where(a => a.FrameworkId == copy.Id && a.Type == AssociationTypes.ExactMatchOf && a.DestinationId != null && a.OriginId != null)
            .Join(db.Standards.Where(s => s.TenantId == source.TenantId && s.FrameworkId == source.Id), a => a.DestinationId, s => s.Id, (a, _) => new { a.DestinationId, a.OriginId })
            .ToDictionaryAsync(pair => pair.DestinationId!.Value, pair => pair.OriginId!.Value, ct);
        foreach (var rubric in rubrics)
        {
            var (id, body) = RubricCopy.Of(rubric.Body, copies);
            db.Add(Rubric.Create(id, copy.Id, rubric.Position, rubric.Title, body));
        }
    }
}
