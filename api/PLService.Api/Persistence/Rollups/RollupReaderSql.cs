namespace PLService.Api.Persistence.Rollups;

/// <summary>
/// The statements of <see cref="RollupReader"/>. $1 tenant, $2 organization asked for, $3 the caller's root, $4 instrument, $5 round,
/// $6 role, $7 organization that kin are looked for below, $8 and $9 name and id of the last child of the page before, $10 children wanted,
/// $11 a second round, $12 kind of the organizations below.
/// </summary>
internal static class RollupReaderSql
{
    private const string Nil = "'00000000-0000-0000-0000-000000000000'";

    private const string With = $"""
        with target as materialized (
            select o.id, o.parent_id, o.kind from pls.organization o
            where o.tenant_id = $1 and o.id = coalesce($2, $3, (
                select (array_agg(r.id))[1] from pls.organization r where r.tenant_id = $1 and r.parent_id is null having count(*) = 1))
        ), version as materialized (
            select v.tenant_id, v.id, v.published_at from pls.instrument i
            join pls.instrument_version v on v.tenant_id = i.tenant_id and v.instrument_id = i.id
            where i.tenant_id in ($1, {Nil}) and i.code = $4
        ), above as materialized (
            select k.ancestor_id as id, k.depth from target
            join pls.organization_closure k on k.tenant_id = $1 and k.descendant_id = target.id
        ), latest as (
            select r.round from target
            join pls.rollup r on r.tenant_id = $1 and r.organization_id = target.id and r.role = ''
            join version v on v.tenant_id = r.instrument_tenant_id and v.id = r.instrument_version_id
            group by r.round order by min(r.first_opened_at) desc, r.round desc limit 1
        )
        """;

    /// <summary>Figures and what decides about them must be of one moment.</summary>
    public const string OneMoment = "set transaction isolation level repeatable read, read only";

    /// <summary>The state of all that reports rest on.</summary>
    public const string Stamp = "select value from pls.rollup_stamp where tenant_id = $1";

    /// <summary>The least group that is shown, the stamp of the roll-ups, and whether there is such an instrument.</summary>
    public const string Settings = $"""
        {With}
        select t.minimum_group_size, coalesce((select s.value from pls.rollup_stamp s where s.tenant_id = $1), 0), exists (select from pls.instrument i where i.tenant_id in ($1, {Nil}) and i.code = $4)
        from pls.tenant t where t.id = $1
        """;

    /// <summary>The organization and all above it, the root first.</summary>
    public const string Path = $"""
        {With}
        select o.id, o.parent_id, o.kind, o.name from above join pls.organization o on o.tenant_id = $1 and o.id = above.id
        order by above.depth desc
        """;

    /// <summary>The versions that anybody in the tree has figures of, oldest first: the same ones whoever asks for whom.</summary>
    public const string Versions = $"""
        {With}
        select v.tenant_id, v.id from version v
        where exists (
            select from pls.rollup r
            where r.tenant_id = $1 and r.organization_id = (select id from above order by depth desc limit 1)
              and r.instrument_tenant_id = v.tenant_id and r.instrument_version_id = v.id)
        order by v.published_at, v.id
        """;

    private const string OfVersion = "join version v on v.tenant_id = r.instrument_tenant_id and v.id = r.instrument_version_id";

    /// <summary>The organizations whose roll-ups are wanted.</summary>
    private static string Wanted(RollupScope scope) => scope switch
    {
        RollupScope.Itself => "select id from target",
        RollupScope.Children => $"select c.id from ({Child}) as c",
        RollupScope.Siblings => """
            select id from target
            union select o.id from target join pls.organization o on o.tenant_id = $1 and o.parent_id = target.parent_id
            """,
        RollupScope.Kin => """
            select o.id from target
            join pls.organization_closure k on k.tenant_id = $1 and k.ancestor_id = (select id from above where id = $7)
            join pls.organization o on o.tenant_id = $1 and o.id = k.descendant_id and o.kind = target.kind
            """,
        RollupScope.Below => $"select b.id from ({BelowIt}) as b",
        _ => throw new ArgumentOutOfRangeException(nameof(scope)),
    };

    /// <summary>Organizations whose children must all be known to decide what may be shown: see RollupSuppression.</summary>
    private static string Parents(RollupScope scope) => scope switch
    {
        RollupScope.Children => "select id from above",
        RollupScope.Kin => """
            select id from above where depth > 0
            union select k.descendant_id from pls.organization_closure k
            where k.tenant_id = $1 and k.ancestor_id = (select id from above where id = $7)
            """,
        RollupScope.Below => $"""
            select id from above
            union select k.ancestor_id from ({BelowIt}) as b join pls.organization_closure k on k.tenant_id = $1 and k.descendant_id = b.id and k.depth > 0
            """,
        _ => "select id from above where depth > 0",
    };

    private static string Round(RollupQuestion question) =>
        question.OtherRound is not null ? "r.round in ($5, $11)"
        : question.LatestRoundOnly ? "r.round = coalesce($5, (select round from latest))" : "($5 is null or r.round = $5)";

    private const string Child = """
        select o.id, o.parent_id, o.kind, o.name from target
        join pls.organization o on o.tenant_id = $1 and o.parent_id = target.id
        where $9::uuid is null or (lower(o.name), o.id) > (lower($8), $9)
        order by lower(o.name), o.id limit $10
        """;

    /// <summary>A page of the organization's children.</summary>
    public const string Children = $"""
        {With}
        {Child}
        """;

    private const string BelowIt = """
        select o.id, o.parent_id, o.kind, o.name from target
        join pls.organization_closure k on k.tenant_id = $1 and k.ancestor_id = target.id and k.depth > 0
        join pls.organization o on o.tenant_id = $1 and o.id = k.descendant_id
        where case when $12::text is null then o.parent_id = target.id else o.kind = $12 end
        """;

    /// <summary>The children, or the organizations of one kind below.</summary>
    public const string Below = $"""
        {With}
        {BelowIt}
        order by lower(o.name), o.id
        """;

    /// <summary>How many children it has.</summary>
    public const string ChildCount = $"""
        {With}
        select count(*) from target join pls.organization o on o.tenant_id = $1 and o.parent_id = target.id
        """;

    /// <summary>How many people stand behind each figure that decides what may be shown.</summary>
    public static string People(RollupQuestion question) => $"""
        {With}
        select r.organization_id, o.parent_id, r.instrument_version_id, r.round, r.role, r.responses, r.first_opened_at
        from pls.rollup r
        {OfVersion}
        join pls.organization o on o.tenant_id = $1 and o.id = r.organization_id
        where r.tenant_id = $1
          and r.organization_id = any (array(
            select id from above
            union select c.id from pls.organization c where c.tenant_id = $1 and c.parent_id = any (array({Parents(question.Scope)}))))
          and (r.role = '' or $6 <> '') and {Round(question)}
        """;

    /// <summary>The roll-ups themselves.</summary>
    public static string Figures(RollupQuestion question) => $"""
        {With}
        select r.organization_id, r.instrument_version_id, r.round, r.assessments, r.organizations, r.responses, r.counts
        from pls.rollup r
        {OfVersion}
        where r.tenant_id = $1 and r.organization_id = any (array({Wanted(question.Scope)})) and r.role = $6 and {Round(question)}
        """;
}
