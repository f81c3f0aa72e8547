using Npgsql;
using PLService.Bench.Bare;
using PLService.Bench.Data;

namespace PLService.Bench.Workloads;

/// <summary>
/// Both databases must say the same, or comparing their speed says nothing: our stored roll-ups are held against the bare server's
/// counting of rows.
/// </summary>
internal static class SameAnswers
{
    public static async Task CheckAsync(Run run, CancellationToken ct)
    {
        await using var ours = new NpgsqlConnection(run.Ours.Admin);
        await using var bare = new NpgsqlConnection(run.Bare);
        await ours.OpenAsync(ct);
        await bare.OpenAsync(ct);
        var last = Workload.Stored[^1].Label;
        foreach (var district in new[] { 0, run.Workload.Districts / 2, run.Workload.Districts - 1 })
        {
            var id = Workload.District(district);
            var stored = (await StoredAsync(run, ours, id, ct)).Where(entry => entry.Key.Round == last)
                .ToDictionary(entry => (entry.Key.Section, entry.Key.Level), entry => entry.Value);
            var counted = await CountAsync(bare, BareSchema.DistrictHistogram, id, row => (row.GetString(0), row.GetInt16(1)), ct);
            run.Results.Check($"district {district}: stored roll-up and counted ratings agree", Same(stored, counted));
        }

        var whole = await StoredAsync(run, ours, Workload.State, ct);
        var all = await CountAsync(
            bare, BareSchema.StateHistogram, Workload.State, row => (Round: row.GetString(0), Section: row.GetString(1), Level: row.GetInt16(2)), ct);
        var total = all.Values.Sum();
        run.Results.Check($"state: stored roll-ups and {total:#,0} counted ratings agree", Same(whole, all) && total == run.Workload.Ratings);
    }

    private static bool Same<T>(Dictionary<T, long> a, Dictionary<T, long> b)
        where T : notnull =>
        a.Count == b.Count && a.Count > 0 && a.All(entry => b.TryGetValue(entry.Key, out var other) && other == entry.Value);

    private static async Task<Dictionary<(string Round, string Section, short Level), long>> StoredAsync(
        Run run, NpgsqlConnection connection, Guid organization, CancellationToken ct)
    {
        const string sql = "select round, counts from pls.rollup where tenant_id = $1 and organization_id = $2 and role = ''";
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = run.Ours.Tenant.TenantId });
        command.Parameters.Add(new NpgsqlParameter { Value = organization });
        var found = new Dictionary<(string, string, short), long>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var counts = reader.GetFieldValue<long[]>(1);
            foreach (var element in run.Ours.Layout.Elements)
            {
                for (short level = 0; level < element.Scale.Levels.Count; level++)
                {
                    var key = (reader.GetString(0), element.Section.Code, level);
                    if (counts[element.CountsOffset + level] is > 0 and var count)
                        found[key] = found.GetValueOrDefault(key) + count;
                }
            }
        }

        return found;
    }

    private static async Task<Dictionary<T, long>> CountAsync<T>(
        NpgsqlConnection connection, string sql, Guid id, Func<NpgsqlDataReader, T> key, CancellationToken ct)
        where T : notnull
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        var found = new Dictionary<T, long>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found.Add(key(reader), reader.GetInt64(reader.FieldCount - 1));
        return found;
    }
}
