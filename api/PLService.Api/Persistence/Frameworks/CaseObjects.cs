using Npgsql;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Frameworks.Case;

namespace PLService.Api.Persistence.Frameworks;

/// <summary>An object as it stands outside of a package.</summary>
/// <param name="Json">The object, with stored addresses.</param>
/// <param name="ChangedAt">When it or its framework was last changed here.</param>
internal sealed record CaseFound(string Json, DateTimeOffset ChangedAt);

/// <summary>Single CASE objects of frameworks that are published or retired: what was once cited can still be looked up.</summary>
internal sealed class CaseObjects(FrameworkReading reading)
{
    /// <summary>SQL for a document outside of its package, of a framework <c>f</c>.</summary>
    public const string DocumentSql =
        "f.body || jsonb_build_object('CFPackageURI', jsonb_build_object('title', f.title, 'identifier', f.id, 'uri', 'plservice:/CFPackages/' || f.id))";

    private const string DocumentLink =
        "jsonb_build_object('CFDocumentURI', jsonb_build_object('title', f.title, 'identifier', f.id, 'uri', f.body->>'uri'))";

    private const string Framework = "join pls.framework f on f.tenant_id = t.tenant_id and f.id = t.framework_id and f.status <> 'draft'";

    public Task<CaseFound?> DocumentAsync(Guid id, CancellationToken ct) =>
        FindAsync($"select ({DocumentSql})::text, f.updated_at from pls.framework f where f.tenant_id = any($1) and f.id = $2 and f.status <> 'draft' order by f.tenant_id desc limit 1", id, ct);

    public Task<CaseFound?> ItemAsync(Guid id, CancellationToken ct) => FindAsync(Single("pls.standard", $"t.body || {DocumentLink}", "greatest(t.updated_at, f.updated_at)"), id, ct);

    public Task<CaseFound?> AssociationAsync(Guid id, CancellationToken ct) => FindAsync(Single("pls.standard_association", $"t.body || {DocumentLink}", "f.updated_at"), id, ct);

    public Task<CaseFound?> RubricAsync(Guid id, CancellationToken ct) => FindAsync(Single("pls.rubric", "t.body", "greatest(t.updated_at, f.updated_at)"), id, ct);

    /// <summary>An item with all associations that lead from it or to it, in whatever package they stand.</summary>
    public Task<CaseFound?> ItemAssociationsAsync(Guid id, CancellationToken ct) => FindAsync(
        $"""
         select jsonb_build_object('CFItem', i.body, 'CFAssociations', coalesce(a.bodies, '[]'))::text, greatest(i.changed_at, a.changed_at)
         from (select t.body || {DocumentLink} as body, greatest(t.updated_at, f.updated_at) as changed_at
             from pls.standard t {Framework} where t.tenant_id = any($1) and t.id = $2 order by t.tenant_id desc limit 1) i
         cross join lateral (
             select jsonb_agg(d.body order by d.sequence_number, d.id) as bodies, max(d.updated_at) as changed_at
             from (select distinct on (t.id) t.id, t.sequence_number, t.body || {DocumentLink} as body, f.updated_at
                 from pls.standard_association t {Framework}
                 where t.tenant_id = any($1) and (t.origin_id = $2 or t.destination_id = $2) order by t.id, t.tenant_id desc, t.framework_id) d) a
         """, id, ct);

    /// <summary>A definition; of kinds that have a hierarchy, a set with it first and then what is below it by <c>hierarchyCode</c>.</summary>
    public Task<CaseFound?> DefinitionAsync(DefinitionKind kind, Guid id, CancellationToken ct)
    {
        var name = EnumText.Of(kind);
        if (kind is DefinitionKind.License or DefinitionKind.AssociationGrouping)
            return FindAsync(Single("pls.framework_definition", "t.body", "f.updated_at", $" and t.kind = '{name}'"), id, ct);
        return FindAsync(
            $"""
             select jsonb_build_object('{CaseShapes.Of(kind).Collection}', jsonb_build_array(r.body) || coalesce(
                 (select jsonb_agg(c.body order by c.body->>'hierarchyCode', c.id) from pls.framework_definition c
                 where c.tenant_id = r.tenant_id and c.framework_id = r.framework_id and c.kind = '{name}' and c.id <> r.id
                     and r.body->>'hierarchyCode' <> '' and starts_with(c.body->>'hierarchyCode', (r.body->>'hierarchyCode') || '.')), '[]'))::text, r.changed_at
             from (select t.*, f.updated_at as changed_at from pls.framework_definition t {Framework}
                 where t.tenant_id = any($1) and t.id = $2 and t.kind = '{name}' order by t.tenant_id desc, t.framework_id limit 1) r
             """, id, ct);
    }

    private static string Single(string table, string body, string changed, string more = "") =>
        $"select ({body})::text, {changed} from {table} t {Framework} where t.tenant_id = any($1) and t.id = $2{more} order by t.tenant_id desc, t.framework_id limit 1";

    private Task<CaseFound?> FindAsync(string sql, Guid id, CancellationToken ct) => reading.ExecuteAsync(
        new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = reading.Tenants }, new() { Value = id } } },
        async (rows, token) => await rows.ReadAsync(token) ? new CaseFound(rows.GetString(0), rows.GetFieldValue<DateTimeOffset>(1)) : null,
        ct);
}
