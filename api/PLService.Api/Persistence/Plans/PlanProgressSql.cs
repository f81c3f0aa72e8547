using PLService.Api.Domain.Plans;

namespace PLService.Api.Persistence.Plans;

/// <summary>
/// The statements of <see cref="PlanProgressReader"/>. $1 tenant, $2 organization, $3 statuses of plans. The days in tallies are ascending, so that
/// width_bucket counts those up to a day without a look at each.
/// </summary>
internal static class PlanProgressSql
{
    /// <summary>$4 the day that is asked for, $5 now.</summary>
    public static string Figures(bool byChild) => $"""
        with {Nodes(byChild)}
        select n.child, count(*)::int, array[{Sums("steps", Enum.GetValues<StepStatus>().Length)}], array[{Sums("obstacles", Enum.GetValues<ObstacleKind>().Length)}],
            sum(width_bucket(day.today - 1, t.open_due))::int,
            sum(width_bucket(day.today + {PlanTally.SoonDays}, t.open_due) - width_bucket(day.today - 1, t.open_due))::int,
            sum(t.carried_over)::int, sum(t.fte), sum(t.minutes_per_week), count(*) filter (where t.minutes_per_week > 0)::int,
            sum(t.days_per_year), count(*) filter (where t.days_per_year > 0)::int, sum(t.amount)
        from {Plans}
        join pls.organization o on o.tenant_id = $1 and o.id = n.id
        cross join lateral (select coalesce($4, ($5 at time zone o.time_zone)::date) as today) day
        group by n.child
        """;

    public static string Coverage(bool byChild) => $"""
        with {Nodes(byChild)}, planned as materialized (
            select distinct p.organization_id from node n join pls.plan p on {AtWork}
        )
        select n.child, o.kind, count(*)::int, count(planned.organization_id)::int
        from node n join pls.organization o on o.tenant_id = $1 and o.id = n.id and o.status = 'active'
        left join planned on planned.organization_id = n.id
        group by n.child, o.kind
        """;

    /// <summary>$4 first and $5 last days of the quarters.</summary>
    public static readonly string Quarters = $"""
        with {Nodes(byChild: false)}
        select {Within("due_on")}, {Within("done_on")}, {Within("open_due")}
        from unnest($4::date[], $5::date[]) with ordinality q(first, last, number)
        left join ({Plans}) on true
        group by q.number order by q.number
        """;

    public const string Children =
        "select o.id, o.kind, o.name, o.status = 'active' from pls.organization o where o.tenant_id = $1 and o.parent_id = $2 order by lower(o.name), o.id";

    // The condition of the index of plans at work stands here in its own words.
    private const string AtWork = "p.tenant_id = $1 and p.organization_id = n.id and p.status in ('active', 'completed') and p.status = any($3)";

    private const string Plans = $"node n join pls.plan p on {AtWork} join pls.plan_tally t on t.tenant_id = $1 and t.plan_id = p.id";

    private static string Nodes(bool byChild) => byChild
        ? """
          node as materialized (
              select k.descendant_id as id, c.id as child from pls.organization c
              join pls.organization_closure k on k.tenant_id = $1 and k.ancestor_id = c.id
              where c.tenant_id = $1 and c.parent_id = $2
              union all select $2, null
          )
          """
        : """
          node as materialized (
              select k.descendant_id as id, null::uuid as child from pls.organization_closure k where k.tenant_id = $1 and k.ancestor_id = $2
          )
          """;

    private static string Sums(string column, int length) => string.Join(", ", Enumerable.Range(1, length).Select(i => $"sum(t.{column}[{i}])::int"));

    private static string Within(string column) => $"coalesce(sum(width_bucket(q.last, t.{column}) - width_bucket(q.first - 1, t.{column})), 0)::int";
}
