namespace PLService.Api.Persistence.Frameworks;

/// <summary>Parts of queries that follow standards through renames and replacements.</summary>
internal static class LineageSql
{
    /// <summary>
    /// Common table expressions: from <c>me(id)</c>, <c>lineage(id, relation)</c> is that standard (<c>itself</c>), what replaces it, in however many steps
    /// (<c>replacement</c>), and what it replaces (<c>replaced</c>); <c>cited(framework_code, standard_code, relation, by)</c> is how documents may name
    /// them: by code, by identifier, or by a former code that no other standard of the framework has taken over. $1 is the tenant.
    /// </summary>
    public static readonly string Cited =
        $"""
         ahead(id) as (
             select me.id from me
             union
             select a.destination_id from ahead join pls.standard_association a
                 on a.tenant_id in ($1, '{Guid.Empty}') and a.type = 'replacedBy' and a.origin_id = ahead.id and a.destination_id is not null
         ), back(id) as (
             select me.id from me
             union
             select a.origin_id from back join pls.standard_association a
                 on a.tenant_id in ($1, '{Guid.Empty}') and a.type = 'replacedBy' and a.destination_id = back.id and a.origin_id is not null
         ), lineage as (
             select id, 'itself' as relation from me
             union all
             select id, 'replacement' from ahead where id not in (select id from me)
             union all
             select id, 'replaced' from back where id not in (select id from ahead)
         ), line as (
             select s.tenant_id, s.id, s.framework_id, s.code, f.code as framework_code, l.relation
             from lineage l
             join pls.standard s on s.tenant_id in ($1, '{Guid.Empty}') and s.id = l.id
             join pls.framework f on f.tenant_id = s.tenant_id and f.id = s.framework_id
         ), cited as (
             select framework_code, code as standard_code, relation, 'code' as by from line where code is not null
             union
             select framework_code, id::text, relation, 'identifier' from line
             union
             select line.framework_code, n.code, line.relation, 'formerCode'
             from line
             join pls.standard_name n on n.tenant_id = line.tenant_id and n.standard_id = line.id and n.code is not null and n.code is distinct from line.code
             where not exists (
                 select 1 from pls.standard o
                 where o.tenant_id = line.tenant_id and o.framework_id = line.framework_id and o.code = n.code and o.id <> line.id)
         )
         """;
}
