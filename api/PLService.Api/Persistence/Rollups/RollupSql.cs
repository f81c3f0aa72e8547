namespace PLService.Api.Persistence.Rollups;

/// <summary>The statements of <see cref="RollupStore"/>: $1 is the tenant, $2 the ids of assessments or organizations.</summary>
/// <remarks>
/// Written so that they are fast before PostgreSQL has gathered statistics, as in a first import: "count(*) = 0" where "exists" could be
/// answered from all assessments of the tenant at once, and "is not distinct from" where another index than an organization's must
/// not be taken.
/// </remarks>
internal static class RollupSql
{
    /// <summary>Says that the roll-ups are not what they were.</summary>
    public const string Stamp =
        "insert into pls.rollup_stamp (tenant_id, value) values ($1, 1) on conflict (tenant_id) do update set value = pls.rollup_stamp.value + 1";

    /// <summary>$1 names what is locked.</summary>
    public const string Lock = "select pg_advisory_xact_lock(hashtextextended($1, 0))";

    /// <summary>
    /// A row per assessment among $2, role and organization that it counts for. <c>fresh</c> on one of those that an organization has
    /// in a roll-up, when it has no other closed assessment there: so that organizations can be added up.
    /// </summary>
    private const string Closing = """
        with closing as materialized (
            select a.id, a.organization_id, a.instrument_tenant_id, a.instrument_version_id, a.round, a.opened_at,
                   c.role, c.responses, c.counts::bigint[] as counts,
                   row_number() over (
                       partition by a.organization_id, a.instrument_tenant_id, a.instrument_version_id, a.round, c.role) = 1
                   and (select count(*) from pls.assessment o
                        join pls.assessment_counts oc on oc.tenant_id = o.tenant_id and oc.assessment_id = o.id
                        where o.tenant_id = $1 and o.organization_id = a.organization_id and o.round is not distinct from a.round
                          and o.instrument_tenant_id = a.instrument_tenant_id and o.instrument_version_id = a.instrument_version_id
                          and o.status in ('closed', 'archived') and oc.role = c.role and o.id <> all ($2)) = 0 as fresh
            from pls.assessment a
            join pls.assessment_counts c on c.tenant_id = a.tenant_id and c.assessment_id = a.id
            where a.tenant_id = $1 and a.id = any ($2)
        ), member as (
            select k.ancestor_id, closing.*
            from closing
            join pls.organization_closure k on k.tenant_id = $1 and k.descendant_id = closing.organization_id
        )
        """;

    /// <summary>The same for every closed or archived assessment below the organizations of $2.</summary>
    private const string Below = """
        with member as (
            select k.ancestor_id, a.instrument_tenant_id, a.instrument_version_id, a.round, a.opened_at,
                   c.role, c.responses, c.counts::bigint[] as counts,
                   row_number() over (
                       partition by k.ancestor_id, a.organization_id, a.instrument_tenant_id, a.instrument_version_id, a.round, c.role) = 1 as fresh
            from pls.organization_closure k
            join pls.assessment a on a.tenant_id = k.tenant_id and a.organization_id = k.descendant_id and a.status in ('closed', 'archived')
            join pls.assessment_counts c on c.tenant_id = a.tenant_id and c.assessment_id = a.id
            where k.tenant_id = $1 and k.ancestor_id = any ($2)
        )
        """;

    /// <summary>Members added up per roll-up row.</summary>
    private const string Delta = """
        , delta as (
            select ancestor_id, instrument_tenant_id, instrument_version_id, round, role,
                   min(opened_at) as first_opened_at, count(*)::int as assessments, (count(*) filter (where fresh))::int as organizations,
                   sum(responses)::int as responses, pls.array_sum(counts) as counts
            from member
            group by ancestor_id, instrument_tenant_id, instrument_version_id, round, role
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
            counts = pls.array_add(rollup.counts, excluded.counts)
        """;

    public const string Subtract = Closing + Delta + """

        update pls.rollup r set
            assessments = r.assessments - d.assessments,
            organizations = r.organizations - d.organizations,
            responses = r.responses - d.responses,
            counts = pls.array_subtract(r.counts, d.counts)
        from delta d
        where r.tenant_id = $1 and r.organization_id = d.ancestor_id and r.instrument_tenant_id = d.instrument_tenant_id
          and r.instrument_version_id = d.instrument_version_id and r.round = d.round and r.role = d.role
        """;

    public const string DeleteEmpty = """
        delete from pls.rollup r
        where r.tenant_id = $1 and r.assessments = 0
          and r.organization_id in (
            select k.ancestor_id
            from pls.assessment a
            join pls.organization_closure k on k.tenant_id = a.tenant_id and k.descendant_id = a.organization_id
            where a.tenant_id = $1 and a.id = any ($2))
        """;

    /// <summary>A minimum cannot be subtracted: where the first one to open has left, the first of the others is looked for.</summary>
    public const string FindFirstOpenedAt = """
        update pls.rollup r set first_opened_at = (
            select min(o.opened_at)
            from pls.organization_closure k
            join pls.assessment o on o.tenant_id = k.tenant_id and o.organization_id = k.descendant_id
            join pls.assessment_counts c on c.tenant_id = o.tenant_id and c.assessment_id = o.id and c.role = r.role
            where k.tenant_id = $1 and k.ancestor_id = r.organization_id and o.round is not distinct from r.round
              and o.instrument_tenant_id = r.instrument_tenant_id and o.instrument_version_id = r.instrument_version_id
              and o.status in ('closed', 'archived') and o.id <> all ($2))
        where r.tenant_id = $1
          and (r.organization_id, r.instrument_tenant_id, r.instrument_version_id, r.round, r.first_opened_at) in (
            select distinct k.ancestor_id, a.instrument_tenant_id, a.instrument_version_id, a.round, a.opened_at
            from pls.assessment a
            join pls.organization_closure k on k.tenant_id = a.tenant_id and k.descendant_id = a.organization_id
            where a.tenant_id = $1 and a.id = any ($2))
        """;

    public const string Delete = "delete from pls.rollup where tenant_id = $1 and organization_id = any ($2)";

    public const string Rebuild = Below + Delta + Insert;
}
