using Npgsql;
using PLService.Api.Access;

namespace PLService.Api.Persistence.Plans;

/// <summary>What the active plans of an organization take.</summary>
internal sealed record SiblingTally(bool IsOwn, decimal Fte, decimal MinutesPerWeek, decimal DaysPerYear, decimal Amount);

/// <summary>Reads what the plans of an organization and of its siblings, those of its kind below the same parent, take: from tallies alone.</summary>
internal sealed class SiblingTallies(TenantReader reader, Caller caller)
{
    private const string Sql = """
        select o.id = me.id, sum(t.fte), sum(t.minutes_per_week), sum(t.days_per_year), sum(t.amount)
        from pls.organization me
        join pls.organization o on o.tenant_id = $1 and (o.id = me.id or (o.parent_id = me.parent_id and o.kind = me.kind))
        join pls.plan p on p.tenant_id = $1 and p.organization_id = o.id and (p.status = 'active' or p.id = $3)
        join pls.plan_tally t on t.tenant_id = $1 and t.plan_id = p.id
        where me.tenant_id = $1 and me.id = $2
        group by o.id, me.id
        """;

    /// <param name="organizationId">The organization.</param>
    /// <param name="planId">A plan of it that counts whatever its status.</param>
    /// <param name="ct">Cancels.</param>
    public Task<List<SiblingTally>> ReadAsync(Guid organizationId, Guid planId, CancellationToken ct) => reader.ExecuteAsync(
        new NpgsqlBatchCommand(Sql)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = caller.TenantId },
                new NpgsqlParameter<Guid> { TypedValue = organizationId },
                new NpgsqlParameter<Guid> { TypedValue = planId },
            },
        },
        async (rows, token) =>
        {
            var found = new List<SiblingTally>();
            while (await rows.ReadAsync(token))
                found.Add(new(rows.GetBoolean(0), rows.GetDecimal(1), rows.GetDecimal(2), rows.GetDecimal(3), rows.GetDecimal(4)));
            return found;
        },
        ct);
}
