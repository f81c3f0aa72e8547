namespace PLService.Api.Persistence.Plans;

/// <summary>
/// The statements of <see cref="DueReader"/>. $1 tenant; $2 first day and $3 the day after the last; $4 roots that the plans must lie below, $5 one more;
/// $6 whether finished steps are wanted too; $7 people with $8 today's date where each is, $9 the roles that lead; $10 team; $11 and $12 day and id of the
/// last item of the page before; $13 how many are wanted.
/// </summary>
internal static class DueSql
{
    /// <summary>Of people: their steps, those of their teams, and of the plans of the very organizations that they lead the check-ins and cycles.</summary>
    public static readonly string OfPeople = $"""
        asked as materialized (
            select a.person_id, a.today from unnest($7::uuid[], $8::date[]) a(person_id, today)
            where exists (select from pls.membership m where m.tenant_id = $1 and m.person_id = a.person_id and {Holds("m")})
        ), lead as materialized (
            select distinct a.person_id, m.organization_id from asked a
            join pls.membership m on m.tenant_id = $1 and m.person_id = a.person_id and m.organization_id is not null and m.role = any($9) and {Holds("m")}
        ), item as materialized (
            select a.person_id, {Step} from asked a join pls.plan_part s on s.tenant_id = $1 and s.owner_person_id = a.person_id and {IsStep}
            union
            select a.person_id, {Step} from asked a
            join pls.team_member m on m.tenant_id = $1 and m.person_id = a.person_id and {Holds("m")}
            join pls.team t on t.tenant_id = $1 and t.id = m.team_id and t.status = 'active'
            join pls.plan_part s on s.tenant_id = $1 and s.owner_team_id = t.id and {IsStep}
            union
            select l.person_id, {CheckIn} from lead l join pls.plan p on p.tenant_id = $1 and p.organization_id = l.organization_id and p.status = 'active' {NextMark}
            union
            select l.person_id, {Cycle} from lead l join pls.plan p on p.tenant_id = $1 and p.organization_id = l.organization_id and p.status = 'active'
            join pls.plan_part s on {IsCycle}
        )
        """;

    /// <summary>Of a team: its steps.</summary>
    public static readonly string OfTeam = $"""
        item as materialized (
            select null::uuid as person_id, {Step} from pls.plan_part s where s.tenant_id = $1 and s.owner_team_id = $10 and {IsStep}
        )
        """;

    /// <summary>Of an organization and everything below it, or of all that is reached: everything.</summary>
    public static readonly string OfPlans = $"""
        item as not materialized (
            select null::uuid as person_id, {Step} from pls.plan p join pls.plan_part s on s.tenant_id = $1 and s.plan_id = p.id and {IsStep}
            where {AtWork}
            union all
            select null, {CheckIn} from pls.plan p {NextMark} where {AtWork}
            union all
            select null, {Cycle} from pls.plan p join pls.plan_part s on {IsCycle} where {AtWork}
        )
        """;

    /// <summary>
    /// A page of the same for a whole tenant, whose steps come in the order of their days until there are enough of them: to read those of each plan first
    /// would take longer the more plans there are.
    /// </summary>
    public static readonly string PageOfAllPlans = $"""
        item as not materialized (
            (
                select null::uuid as person_id, {Step} from pls.plan_part s
                where s.tenant_id = $1 and s.kind = 'step' and s.status in ('notStarted', 'inProgress') and s.due_on >= $2 and s.due_on < $3
                    and s.due_on >= coalesce($11, $2) and ($11::date is null or (s.due_on, s.id) > ($11, $12))
                    and exists (select from pls.plan p where p.id = s.plan_id and {AtWork})
                order by s.due_on, s.id limit $13
            )
            union all
            select null, {CheckIn} from pls.plan p {NextMark} where {AtWork}
            union all
            select null, {Cycle} from pls.plan p join pls.plan_part s on {IsCycle} where {AtWork}
        )
        """;

    public static string Page(string items) => $"""
        with {items}
        select {Columns}, 0
        {From} and ($11::date is null or (i.due_on, i.id) > ($11, $12))
        order by i.due_on, i.id limit $13
        """;

    public static string Count(string items) => $"""
        with {items}
        select count(*) {From}
        """;

    /// <summary>For each person the first ones, each with how many there are.</summary>
    public static string Firsts(string items) => $"""
        with {items}
        select * from (
            select {Columns}, count(*) over (partition by i.person_id)::int as total, row_number() over (partition by i.person_id order by i.due_on, i.id) as place
            {From}
        ) ranked
        where place <= $13 order by person_id, place
        """;

    private const string Columns =
        "i.person_id, i.kind, i.id, i.plan_id, p.title as plan, p.organization_id, o.name, o.time_zone, i.due_on, i.title, i.mark, i.status, i.owner_person_id, i.owner_team_id, i.carried_over, i.updated_at";

    private const string From = $"""
        from item i
        join pls.plan p on p.tenant_id = $1 and p.id = i.plan_id and p.status = 'active'
        join pls.organization o on o.tenant_id = $1 and o.id = p.organization_id
        where i.due_on >= $2 and i.due_on < $3 and {Reached}
        """;

    private const string Reached = """
        ($4::uuid[] is null or exists (select from pls.organization_closure k where k.tenant_id = $1 and k.ancestor_id = any($4) and k.descendant_id = p.organization_id))
        and ($5::uuid is null or exists (select from pls.organization_closure k where k.tenant_id = $1 and k.ancestor_id = $5 and k.descendant_id = p.organization_id))
        """;

    private const string AtWork = $"p.tenant_id = $1 and p.status = 'active' and {Reached}";

    private const string Step =
        "'step' as kind, s.id, s.plan_id, s.due_on, s.content->>'title' as title, null::int as mark, s.status, s.owner_person_id, s.owner_team_id, s.carried_over, s.updated_at";

    private const string IsStep = "s.kind = 'step' and s.due_on >= $2 and s.due_on < $3 and ($6 or s.status in ('notStarted', 'inProgress'))";

    private const string CheckIn = "'checkIn', p.id, p.id, p.starts_on + next.mark, p.title, next.mark, null, null::uuid, null::uuid, 0, p.updated_at";

    // The marks that were passed over when others were held are not held any more.
    private const string NextMark = """
        join lateral (
            select min(m.days::int) as mark from jsonb_array_elements_text(p.content->'marks') m(days)
            where m.days::int > coalesce((select max(c.mark) from pls.check_in c where c.tenant_id = $1 and c.plan_id = p.id), 0)
        ) next on next.mark is not null
        """;

    private const string Cycle = "'cycle', s.id, s.plan_id, s.due_on, s.content->>'title', null::int, s.status, null::uuid, null::uuid, 0, s.updated_at";

    private const string IsCycle = "s.tenant_id = $1 and s.plan_id = p.id and s.kind = 'cycle' and s.status <> 'decided' and s.due_on is not null";

    private static string Holds(string row) => $"({row}.starts_on is null or {row}.starts_on <= a.today) and ({row}.ends_on is null or {row}.ends_on >= a.today)";
}
