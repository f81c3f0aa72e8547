using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Persistence.Plans;

/// <summary>Keeps what plans come to: counted anew from their parts, in the transaction of each change. Counts and days are <see cref="PackedInts"/>.</summary>
internal sealed class PlanTallies(PLServiceDbContext db)
{
    private static readonly string[] StepStatuses = [.. Enum.GetValues<StepStatus>().Select(EnumText.Of)];
    private static readonly string[] ObstacleKinds = [.. Enum.GetValues<ObstacleKind>().Select(EnumText.Of)];

    /// <summary>Counts the parts of these plans, as they are in the database now.</summary>
    public Task CountAsync(IReadOnlyCollection<Guid> planIds, CancellationToken ct)
    {
        var ids = planIds.ToArray();
        return db.Database.ExecuteSqlAsync(
            $"""
             insert into pls.plan_tally (tenant_id, plan_id, steps, obstacles, open_due, due_on, done_on, carried_over, fte, minutes_per_week, days_per_year, amount, acts_on)
             select {db.TenantId}, plan.id,
               (select string_agg(int4send(c.steps), ''::bytea order by c.n) from (
                     select s.n, count(p.id)::int as steps
                     from unnest({StepStatuses}) with ordinality as s (status, n)
                     left join pls.plan_part p on p.tenant_id = {db.TenantId} and p.plan_id = plan.id and p.kind = 'step' and p.status = s.status
                     group by s.n) c),
               (select string_agg(int4send(c.obstacles), ''::bytea order by c.n) from (
                     select k.n, count(p.id)::int as obstacles
                     from unnest({ObstacleKinds}) with ordinality as k (kind, n)
                     left join pls.plan_part p on p.tenant_id = {db.TenantId} and p.plan_id = plan.id and p.kind = 'obstacle' and p.content->>'kind' = k.kind
                       and p.status in ('open', 'mitigating')
                     group by k.n) c),
               coalesce((select string_agg(int4send(p.due_on - date '2000-01-01'), ''::bytea order by p.due_on) from pls.plan_part p
                       where p.tenant_id = {db.TenantId} and p.plan_id = plan.id and p.kind = 'step' and p.status in ('notStarted', 'inProgress')), ''),
               coalesce((select string_agg(int4send(p.due_on - date '2000-01-01'), ''::bytea order by p.due_on) from pls.plan_part p
                       where p.tenant_id = {db.TenantId} and p.plan_id = plan.id and p.kind = 'step' and p.status <> 'dropped'), ''),
               coalesce((select string_agg(int4send(p.done_on - date '2000-01-01'), ''::bytea order by p.done_on) from pls.plan_part p
                       where p.tenant_id = {db.TenantId} and p.plan_id = plan.id and p.kind = 'step' and p.status = 'done'), ''),
               (select coalesce(sum(p.carried_over), 0)::int from pls.plan_part p where p.tenant_id = {db.TenantId} and p.plan_id = plan.id),
               r.fte, r.minutes, r.days, r.amount,
               coalesce((select E'\n' || string_agg(acts.line, E'\n' order by acts.line) || E'\n' from (
                     select upper(pr.instrument || ' ' || item.code) as line
                     from pls.plan_part p
                     left join pls.plan_part s on s.tenant_id = p.tenant_id and s.id = p.parent_id and p.kind = 'step'
                     join pls.priority pr on pr.tenant_id = p.tenant_id and pr.id = coalesce(p.priority_id, s.priority_id)
                     cross join unnest(pr.items) as item (code)
                     where p.tenant_id = {db.TenantId} and p.plan_id = plan.id and (p.kind = 'strategy' or p.kind = 'step' and p.status <> 'dropped')
                     union
                     select upper(i.code || ' ' || p.cause_item)
                     from pls.plan_part p
                     join pls.assessment a on a.tenant_id = p.tenant_id and a.id = p.cause_assessment_id
                     join pls.instrument_version v on v.tenant_id = a.instrument_tenant_id and v.id = a.instrument_version_id
                     join pls.instrument i on i.tenant_id = v.tenant_id and i.id = v.instrument_id
                     where p.tenant_id = {db.TenantId} and p.plan_id = plan.id and p.kind = 'step' and p.status <> 'dropped') acts), '')
             from unnest({ids}) as plan (id),
               lateral (select coalesce(sum((p.content->>'fte')::numeric), 0) fte, coalesce(sum((p.content->>'minutesPerWeek')::numeric), 0) minutes,
                          coalesce(sum((p.content->>'daysPerYear')::numeric), 0) days, coalesce(sum((p.content->>'amount')::numeric), 0) amount
                        from pls.plan_part p where p.tenant_id = {db.TenantId} and p.plan_id = plan.id and p.kind = 'resource') r
             on conflict (tenant_id, plan_id) do update
               set steps = excluded.steps, obstacles = excluded.obstacles, open_due = excluded.open_due, due_on = excluded.due_on, done_on = excluded.done_on, carried_over = excluded.carried_over,
                 fte = excluded.fte, minutes_per_week = excluded.minutes_per_week, days_per_year = excluded.days_per_year, amount = excluded.amount,
                 acts_on = excluded.acts_on
             """, ct);
    }
}
