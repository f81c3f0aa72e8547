namespace PLService.Api.Persistence.Frameworks;

/// <summary>
/// The statements of <see cref="LensReader"/> and <see cref="StandardLineage"/>. $1 tenant, $2 code or id of the lens, $3 and $4 framework
/// and code of what is cited, $5 and $6 types of links that are followed from their origin and from their destination, $7 most links.
/// </summary>
/// <remarks>
/// A code means the tenant's own framework before one of the catalog; of standards, the one that has the code now before one that had it,
/// and the latest of those.
/// </remarks>
internal static class LensSql
{
    private const string Nil = "'00000000-0000-0000-0000-000000000000'";

    private const string Uuid = "'^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'";

    /// <summary>
    /// The state of all that lenses rest on: the stamp moves with every change of a standard, the versions also with what is loaded in bulk.
    /// </summary>
    public const string Stamp = $"""
        select coalesce((select value from pls.rollup_stamp where tenant_id = $1), 0), count(*), coalesce(sum(version), 0)::bigint
        from pls.framework where tenant_id in ($1, {Nil})
        """;

    private const string With = $"""
        with recursive lens as materialized (
            select tenant_id, id, code, title from pls.framework
            where tenant_id in ($1, {Nil}) and (code = $2 or id = case when $2 ~ {Uuid} then $2::uuid end)
            order by tenant_id desc limit 1
        ), cited as materialized (
            select c.place, (
                select s.id from (
                    select n.id, 0 as former, null::date as until, n.position from pls.standard n
                    where n.tenant_id = f.tenant_id and n.framework_id = f.id and (n.code = c.code or n.id = case when c.code ~ {Uuid} then c.code::uuid end)
                    union all
                    select n.id, 1, o.valid_to, n.position from pls.standard_name o
                    join pls.standard n on n.tenant_id = o.tenant_id and n.id = o.standard_id
                    where o.tenant_id = f.tenant_id and o.code = c.code and n.framework_id = f.id) s
                order by s.former, s.until desc, s.position, s.id limit 1) as id
            from unnest($3::text[], $4::text[]) with ordinality c(framework, code, place)
            join lateral (
                select f.tenant_id, f.id from pls.framework f where f.tenant_id in ($1, {Nil}) and f.code = c.framework
                order by f.tenant_id desc limit 1) f on true
        ), reach(id, hops) as (
            select id, 0 from cited where id is not null
            union
            select e.id, r.hops + e.cost
            from reach r
            cross join lateral (
                select a.destination_id as id, case a.type when 'replacedBy' then 0 else 1 end as cost from pls.standard_association a
                where a.tenant_id in ($1, {Nil}) and a.origin_id = r.id and a.type = any ($5)
                union all
                select a.origin_id, case a.type when 'replacedBy' then 0 else 1 end from pls.standard_association a
                where a.tenant_id in ($1, {Nil}) and a.destination_id = r.id and a.type = any ($6)) e
            where e.id is not null and r.hops + e.cost <= $7
        ), reached as materialized (
            select distinct id from reach
        )
        """;

    /// <summary>The framework.</summary>
    public const string Framework = $"""
        {With}
        select code, title from lens
        """;

    /// <summary>Its standards in order, and whether others stand below each.</summary>
    public const string Standards = $"""
        {With}
        select s.id, lens.code, s.code, s.label, s.statement, exists (
            select from pls.standard_association a
            where a.tenant_id = s.tenant_id and a.framework_id = s.framework_id and a.type = 'isChildOf' and a.destination_id = s.id)
        from lens join pls.standard s on s.tenant_id = lens.tenant_id and s.framework_id = lens.id
        order by s.position, s.id
        """;

    /// <summary>Which standard each citation means.</summary>
    public const string Cited = $"""
        {With}
        select place, id from cited where id is not null
        """;

    /// <summary>The standards that can be reached, as they are named today.</summary>
    public const string Reached = $"""
        {With}
        select distinct on (s.id) s.id, f.code, s.code, s.label, s.statement
        from reached r
        join pls.standard s on s.tenant_id in ($1, {Nil}) and s.id = r.id
        join pls.framework f on f.tenant_id = s.tenant_id and f.id = s.framework_id
        order by s.id, s.tenant_id desc
        """;

    /// <summary>The links between them.</summary>
    public const string Links = $"""
        {With}
        select distinct a.type, a.origin_id, a.destination_id
        from reached r
        join pls.standard_association a on a.tenant_id in ($1, {Nil}) and a.origin_id = r.id and a.type = any ($5)
        join reached d on d.id = a.destination_id
        """;
}
