using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Audit;

/// <summary>
/// Reads audit events in the order (transaction, id), and only those of transactions below the oldest one that still runs: whatever is
/// committed later has a higher transaction id than all that was read, so that no reader can pass by a row that is not visible yet.
/// (Ids or times alone would not do: they are given out before the commit.)
/// </summary>
internal sealed class ChangeFeed(TenantReader reader, Caller caller)
{
    // Reading people's data is written down too, but changes nothing; and how people sign in is nobody's business who follows the feed.
    private const string Text =
        """
        with horizon as materialized (select pg_snapshot_xmin(pg_current_snapshot()) as oldest_running)
        select h.oldest_running, e.transaction_id, e.id, e.action, e.resource_type, e.resource_id, e.organization_id, e.at, e.detail -> 'identifiers'
        from horizon h
        left join lateral (
            select * from pls.audit_event a
            where a.tenant_id = $1 and (a.transaction_id, a.id) > ($2, $3) and a.transaction_id < h.oldest_running
              and a.action not like '%.read' and a.action not like '%.listed' and a.action not like '%.exported'
              and a.resource_type not in ('session', 'account', 'personLogin')
              and ($4::uuid[] is null or exists (
                  select 1 from pls.organization_closure c where c.tenant_id = $1 and c.ancestor_id = any($4) and c.descendant_id = a.organization_id))
            order by a.transaction_id, a.id
            limit $5) e on true
        order by e.transaction_id, e.id
        """;

    /// <summary>At most <paramref name="limit"/> changes after a position, the position that was reached, and whether there are more.</summary>
    public Task<(List<ListChanges.Item> Items, ChangePosition Reached, bool HasMore)> ReadAsync(ChangePosition after, int limit, CancellationToken ct) =>
        reader.ExecuteAsync(
            new NpgsqlBatchCommand(Text)
            {
                Parameters =
                {
                    new() { Value = caller.TenantId },
                    new() { Value = after.TransactionId, NpgsqlDbType = NpgsqlDbType.Xid8 },
                    new() { Value = after.Id },
                    new() { Value = (object?)caller.Roots ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                    new() { Value = limit + 1L },
                },
            },
            async (rows, token) =>
            {
                var items = new List<ListChanges.Item>();
                // Everything below the horizon was looked at, also what is out of this caller's reach: go on behind it next time.
                var reached = after;
                while (await rows.ReadAsync(token))
                {
                    reached = Later(after, new(rows.GetFieldValue<ulong>(0), Guid.Empty));
                    if (items.Count == limit)
                        return (items, PositionOf(items[^1]), true);
                    if (!rows.IsDBNull(1))
                        items.Add(Read(rows));
                }

                return (items, reached, false);
            },
            ct);

    private static ListChanges.Item Read(NpgsqlDataReader row) => new(
        row.GetGuid(2),
        new ChangePosition(row.GetFieldValue<ulong>(1), row.GetGuid(2)).ToString(),
        row.GetString(3),
        row.GetString(4),
        row.GetGuid(5),
        row.IsDBNull(6) ? null : row.GetGuid(6),
        row.GetFieldValue<DateTimeOffset>(7),
        row.IsDBNull(8) || !row.GetString(3).EndsWith(".deleted", StringComparison.Ordinal)
            ? []
            : JsonSerializer.Deserialize<List<ListChanges.Identifier>>(row.GetString(8), JsonSerializerOptions.Web)!);

    private static ChangePosition PositionOf(ListChanges.Item item) => ChangePosition.TryParse(item.Cursor, out var position) ? position : ChangePosition.Start;

    private static ChangePosition Later(ChangePosition one, ChangePosition other) => one.TransactionId >= other.TransactionId ? one : other;
}
