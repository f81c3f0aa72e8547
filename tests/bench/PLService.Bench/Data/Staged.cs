using Npgsql;

namespace PLService.Bench.Data;

/// <summary>
/// Loads many rows into a table behind row-level security, where COPY is not allowed: binary COPY into a temporary table of the same
/// shape, then one INSERT.
/// </summary>
internal static class Staged
{
    public static async Task<ulong> LoadAsync<T>(
        NpgsqlConnection connection, string table, string[] columns, IEnumerable<T> rows,
        Func<NpgsqlBinaryImporter, T, Task> write, CancellationToken ct)
    {
        var (names, staging) = (string.Join(", ", columns), $"staged_{table}");
        await RunAsync(connection, $"create temp table {staging} on commit drop as select {names} from pls.{table} limit 0", ct);
        ulong count;
        await using (var copy = await connection.BeginBinaryImportAsync($"copy {staging} ({names}) from stdin (format binary)", ct))
        {
            foreach (var row in rows)
            {
                await copy.StartRowAsync(ct);
                await write(copy, row);
            }

            count = await copy.CompleteAsync(ct);
        }

        await RunAsync(connection, $"insert into pls.{table} ({names}) select {names} from {staging}", ct);
        await RunAsync(connection, $"drop table {staging}", ct);
        return count;
    }

    public static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<T> AskAsync<T>(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteScalarAsync(ct) is T found ? found : throw new BenchException($"Nothing was found by: {sql}");
    }
}
