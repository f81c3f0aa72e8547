namespace PLService.Api.Persistence.Rollups;

/// <summary>The statements of <see cref="RollupStore"/>: $1 is the tenant, $2 the ids of assessments or organizations.</summary>
internal static class RollupSql
{
    /// <summary>$1 names what is locked.</summary>
    public const string Lock = "select pg_advisory_xact_lock(hashtextextended($1, 0))";

    /// <summary>
    /// A row per assessment among $2, role and organization that it counts for; <c>fresh</c> when no other assessment of its
    /// organization counts for the same roll-up.
    /// </summary>
    private const string Closing = """
        with ids as materialized (
            select unnest($2) as id
        ), closing as materialized (
            select a.id, a.organization_id, a.instrument_tenant_id, a.instrument_version_id, a.round, a.opened_at,
                   c.role, c.responses, c.counts,
                   not exists (
                       select from pls.assessment o
                       join pls.assessment_counts oc on oc.tenant_id = o.tenant_id and oc.assessment_id = o.id
                       where o.tenant_id = $1 and o.organization_id = a.organization_id and o.round = a.round
                         and o.instrument_tenant_id = a.instrument_tenant_id and o.instrument_version_id = a.instrument_version_id
                         and o.status in ('closed', 'archived') and oc.role = c.role
                         and not exists (select from ids where ids.id = o.id)) as fresh
            from ids
            join pls.assessment a on a.tenant_id = $1 and a.id = ids.id
            join pls.assessment_counts c on c.tenant_id = a.tenant_id and c.assessment_id = a.id
        ), member as materialized (
            select k.ancestor_id, closing.*
            from closing
            join pls.organization_closure k on k.tenant_id = $1 and k.descendant_id = closing.organization_id
        )
        """;

    /// <summary>The same for every closed or archived assessment below the organizations of $2, all of them fresh.</summary>
    private const string Below = """
        with member as materialized (
            select k.ancestor_id, a.id, a.organization_id, a.instrument_tenant_id, a.instrument_version_id, a.round, a.opened_at,
                   c.role, c.responses, c.counts, true as fresh
            from pls.organization_closure k
            join pls.assessment a on a.tenant_id = k.tenant_id and a.organization_id = k.descendant_id and a.status in ('closed', 'archived')
            join pls.assessment_counts c on c.tenant_id = a.tenant_id and c.assessment_id = a.id
            where k.tenant_id = $1 and k.ancestor_id = any($2)
        )
        """;

    /// <summary>
    /// Members added up per roll-up row. Where there is one alone, as in most districts, its counts are taken as they are: adding
    /// arrays is what all of this costs. <c>number</c> stands for the long key while they are added.
    /// </summary>
    private const string Delta = """
        , figures as materialized (
            select row_number() over () as number, ancestor_id, instrument_tenant_id, instrument_version_id, round, role,
                   min(opened_at) as first_opened_at, count(*)::int as assessments,
                   (count(distinct organization_id) filter (where fresh))::int as organizations,
                   sum(responses)::int as responses, case when count(*) = 1 then min(counts)::bigint[] end as counts
            from member
            group by ancestor_id, instrument_tenant_id, instrument_version_id, round, role
        ), summed as (
            select number, array_agg(total order by place) as counts
            from (
                select f.number, e.place, sum(e.count) as total
                from figures f
                join member m using (ancestor_id, instrument_tenant_id, instrument_version_id, round, role)
                cross join lateral unnest(m.counts) with ordinality as e (count, place)
                where f.assessments > 1
                group by f.number, e.place) as places
            group by number
        ), delta as (
            select f.ancestor_id, f.instrument_tenant_id, f.instrument_version_id, f.round, f.role, f.first_opened_at,
                   f.assessments, f.organizations, f.responses, coalesce(f.counts, s.counts) as counts
            from figures f
            left join summed s using (number)
        )
        """;

    private const string Insert = """

        insert into pls.rollup (tenant_id, organization_id, instrument_tenant_id, instrument_version_id, round, role,
                                first_opened_at, assessments, organizations, responses, counts)
        select $1, ancestor_id, instrument_tenant_id, instrument_version_id, round, role,
               first_opened_at, assessments, organizations, responses, counts
        from delta
        order by ancestor_id, instrument_tenant_id, instrument_version_id, round, role
        """;

    public const string Add = Closing + Delta + Insert + """

        on conflict (tenant_id, organization_id, instrument_tenant_id, instrument_version_id, round, role) do update set
            first_opened_at = least(rollup.first_opened_at, excluded.first_opened_at),
            assessments = rollup.assessments + excluded.assessments,
            organizations = rollup.organizations + excluded.organizations,
            responses = rollup.responses + excluded.responses,
            counts = pls.array_add(rollup.counts, excluded.counts, 1)
        """;

    public const string Subtract = Closing + Delta + """

        update pls.rollup r set
            assessments = r.assessments - d.assessments,
            organizations = r.organizations - d.organizations,
            responses = r.responses - d.responses,
            counts = pls.array_add(r.counts, d.counts, -1)
        from delta d
        where r.tenant_id = $1 and r.organization_id = d.ancestor_id and r.instrument_tenant_id = d.instrument_tenant_id
          and r.instrument_version_id = d.instrument_version_id and r.round = d.round and r.role = d.role
        """;

    public const string DeleteEmpty = """
        delete from pls.rollup r
        using pls.assessment a, pls.organization_closure k
        where a.tenant_id = $1 and a.id = any($2) and k.tenant_id = $1 and k.descendant_id = a.organization_id
          and r.tenant_id = $1 and r.organization_id = k.ancestor_id and r.instrument_tenant_id = a.instrument_tenant_id
          and r.instrument_version_id = a.instrument_version_id and r.round = a.round and r.assessments = 0
        """;

    /// <summary>A minimum cannot be subtracted: where the first one to open has left, the first of the others is looked for.</summary>
    public const string FindFirstOpenedAt = Closing + """
        , orphan as materialized (
            select distinct r.organization_id, r.instrument_tenant_id, r.instrument_version_id, r.round, r.role
            from member m
            join pls.rollup r on r.tenant_id = $1 and r.organization_id = m.ancestor_id and r.instrument_tenant_id = m.instrument_tenant_id
                and r.instrument_version_id = m.instrument_version_id and r.round = m.round and r.role = m.role
                and r.first_opened_at >= m.opened_at
        ), found as (
            select o.organization_id, o.instrument_tenant_id, o.instrument_version_id, o.round, o.role, min(a.opened_at) as first_opened_at
            from orphan o
            join pls.organization_closure k on k.tenant_id = $1 and k.ancestor_id = o.organization_id
            join pls.assessment a on a.tenant_id = $1 and a.organization_id = k.descendant_id and a.round = o.round
                and a.instrument_tenant_id = o.instrument_tenant_id and a.instrument_version_id = o.instrument_version_id
                and a.status in ('closed', 'archived')
            join pls.assessment_counts c on c.tenant_id = $1 and c.assessment_id = a.id and c.role = o.role
            where not exists (select from ids where ids.id = a.id)
            group by o.organization_id, o.instrument_tenant_id, o.instrument_version_id, o.round, o.role
        )
        update pls.rollup r set first_opened_at = f.first_opened_at
        from found f
        where r.tenant_id = $1 and r.organization_id = f.organization_id and r.instrument_tenant_id = f.instrument_tenant_id
          and r.instrument_version_id = f.instrument_version_id and r.round = f.round and r.role = f.role
        """;

    public const string Delete = "delete from pls.rollup where tenant_id = $1 and organization_id = any($2)";

    public const string Rebuild = Below + Delta + Insert;
}
