using Npgsql;

namespace PLService.Api.Tests.Database;

/// <summary>
/// Walks the catalog of a migrated database and names whatever would let one tenant see or change another's rows. It knows no table by
/// name unless it is an exception, so a new table is checked the moment a migration makes it.
/// </summary>
internal static class RlsGate
{
    /// <summary>Every violation, as "rule: object".</summary>
    public static async Task<List<string>> FindAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (_, sql) in RlsRules.All)
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"{RlsRules.Objects}\n{sql}"));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var findings = new List<string>();
        foreach (var (rule, _) in RlsRules.All)
        {
            while (await reader.ReadAsync(ct))
                findings.Add($"{rule}: {reader.GetString(0)}");
            await reader.NextResultAsync(ct);
        }

        return findings;
    }

    /// <summary>Every table that tenants own, the tenant table included.</summary>
    public static Task<List<string>> TablesAsync(NpgsqlConnection connection, CancellationToken ct) =>
        ListAsync(connection, $"{RlsRules.Objects}\nselect name from tenant_tables order by name", ct);

    /// <summary>Every policy as "policy on table".</summary>
    public static Task<List<string>> PoliciesAsync(NpgsqlConnection connection, CancellationToken ct) =>
        ListAsync(connection, $"{RlsRules.Objects}\nselect format('%I on %s', policy, name) from policies order by 1", ct);

    public static async Task<List<string>> ListAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<string>();
        while (await reader.ReadAsync(ct))
            found.Add(reader.GetString(0));
        return found;
    }
}
