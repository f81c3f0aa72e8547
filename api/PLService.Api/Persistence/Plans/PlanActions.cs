using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Persistence.Plans;

/// <summary>
/// What plans do about items of instruments: strategies and steps that refer to a priority which has the item, steps of such a strategy, and steps that name
/// the rating which caused them. Drafts do nothing yet.
/// </summary>
internal sealed class PlanActions(TenantReader reader, Caller caller)
{
    private const string OfOne = """
        with acting as materialized (
            select p.id, p.plan_id, p.kind, p.status, p.position, coalesce(p.priority_id, s.priority_id) as priority_id, p.cause_assessment_id, p.cause_item
            from pls.plan l
            join pls.plan_part p on p.tenant_id = l.tenant_id and p.plan_id = l.id and p.kind in ('strategy', 'step')
            left join pls.plan_part s on s.tenant_id = p.tenant_id and s.id = p.parent_id and p.kind = 'step'
            where l.tenant_id = $1 and l.organization_id = $2 and l.status <> 'draft' and l.ends_on >= $4 and l.starts_on <= $5
        )
        select a.id, a.plan_id, a.kind, a.status, pr.id, item.code, a.position
        from acting a join pls.priority pr on pr.tenant_id = $1 and pr.id = a.priority_id and pr.instrument = $3 cross join unnest(pr.items) as item (code)
        union all
        select a.id, a.plan_id, a.kind, a.status, null, a.cause_item, a.position
        from acting a
        join pls.assessment s on s.tenant_id = $1 and s.id = a.cause_assessment_id
        join pls.instrument_version v on v.tenant_id = s.instrument_tenant_id and v.id = s.instrument_version_id
        join pls.instrument i on i.tenant_id = v.tenant_id and i.id = v.instrument_id and i.code = $3
        order by 2, 7, 1, 5 nulls last
        """;

    // Tallies say what plans act on, so that no part of any is read.
    private const string OfAllBelow = """
        select l.organization_id, l.starts_on, l.ends_on, t.acts_on
        from pls.organization_closure k
        join pls.organization o on o.tenant_id = k.tenant_id and o.id = k.descendant_id
        join pls.plan l on l.tenant_id = k.tenant_id and l.organization_id = k.descendant_id and l.status <> 'draft'
        join pls.plan_tally t on t.tenant_id = l.tenant_id and t.plan_id = l.id and t.acts_on <> ''
        where k.tenant_id = $1 and k.ancestor_id = $2 and k.depth > 0 and case when $3::text is null then o.parent_id = $2 else o.kind = $3 end
        """;

    /// <summary>What an organization's own plans do in a period, a row per part and item; in the order of the plans.</summary>
    public Task<List<ActingPart>> OfAsync(Guid organizationId, string instrument, PlanPeriod period, CancellationToken ct) => reader.ExecuteAsync(
        new NpgsqlBatchCommand(OfOne)
        {
            Parameters =
            {
                new() { Value = caller.TenantId }, new() { Value = organizationId }, new() { Value = instrument }, new() { Value = period.First }, new() { Value = period.Last },
            },
        },
        async (rows, token) =>
        {
            var parts = new List<ActingPart>();
            while (await rows.ReadAsync(token))
            {
                parts.Add(new ActingPart(
                    rows.GetGuid(0), rows.GetGuid(1), rows.GetString(2) == "step" ? EnumText.Parse<StepStatus>(rows.GetString(3)) : null, rows.IsDBNull(4) ? null : rows.GetGuid(4), rows.GetString(5)));
            }

            return parts;
        },
        ct);

    /// <summary>What the plans of an organization's children act on, or of all organizations of a kind below it.</summary>
    public Task<List<ActingPlan>> BelowAsync(Guid organizationId, OrganizationKind? kind, CancellationToken ct) => reader.ExecuteAsync(
        new NpgsqlBatchCommand(OfAllBelow)
        {
            Parameters =
            {
                new() { Value = caller.TenantId }, new() { Value = organizationId },
                new() { Value = kind is { } one ? EnumText.Of(one) : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            },
        },
        async (rows, token) =>
        {
            var plans = new List<ActingPlan>();
            while (await rows.ReadAsync(token))
                plans.Add(new ActingPlan(rows.GetGuid(0), rows.GetFieldValue<DateOnly>(1), rows.GetFieldValue<DateOnly>(2), rows.GetString(3)));
            return plans;
        },
        ct);
}

/// <summary>A strategy or step that acts on an item.</summary>
/// <param name="Id">The part.</param>
/// <param name="PlanId">Its plan.</param>
/// <param name="Step">How far a step is; null for a strategy.</param>
/// <param name="PriorityId">The priority by which it acts; null where a step names the rating itself.</param>
/// <param name="Item">Code of the item.</param>
internal sealed record ActingPart(Guid Id, Guid PlanId, StepStatus? Step, Guid? PriorityId, string Item);

/// <summary>A plan with what it acts on.</summary>
/// <param name="OrganizationId">Whose it is.</param>
/// <param name="StartsOn">Its first day.</param>
/// <param name="EndsOn">Its last day.</param>
/// <param name="ActsOn">See <see cref="ActedItems"/>.</param>
internal sealed record ActingPlan(Guid OrganizationId, DateOnly StartsOn, DateOnly EndsOn, string ActsOn);
