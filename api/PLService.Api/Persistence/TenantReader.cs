using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using PLService.Api.Access;

namespace PLService.Api.Persistence;

/// <summary>
/// One round trip below EF, for the hot paths: <c>begin; set local tenant; the caller's commands; commit</c> as one batch.
/// Inside a request's unit of work the commands join its transaction instead. Row-level security holds here as everywhere.
/// </summary>
public sealed class TenantReader(NpgsqlDataSource source, Caller caller, OpenedContext? opened = null)
{
    /// <summary>True inside a request's unit of work.</summary>
    public bool IsJoining => opened?.Db?.Database.CurrentTransaction is not null;

    /// <summary>Runs the commands in one transaction of the caller's tenant and hands the open reader to <paramref name="read"/>,
    /// which reads the results in order; those that it leaves are skipped.</summary>
    /// <exception cref="PostgresException">A command failed; nothing of the batch stays.</exception>
    public async Task<T> ExecuteAsync<T>(
        IReadOnlyList<NpgsqlBatchCommand> commands, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        if (opened?.Db is { Database.CurrentTransaction: { } current } db)
        {
            var shared = (NpgsqlConnection)db.Database.GetDbConnection();
            await PreparedStatements.PrepareAsync(shared, commands, ct);
            await using var joined = new NpgsqlBatch(shared, (NpgsqlTransaction)current.GetDbTransaction());
            return await RunAsync(joined, commands, read, ct);
        }

        await using var connection = await source.OpenConnectionAsync(ct);
        var begin = new NpgsqlBatchCommand("BEGIN");
        var commit = new NpgsqlBatchCommand("COMMIT");
        await PreparedStatements.PrepareAsync(connection, [begin, .. commands, commit], ct);
        await using var batch = new NpgsqlBatch(connection);
        return await RunAsync(batch, [begin, new NpgsqlBatchCommand(TenantWall.SetTenant(caller.TenantId)), .. commands, commit], read, ct);
    }

    /// <summary>
    /// The same for a command that the planner takes for far longer than it is, as it does with recursive ones: compiling it would cost more than
    /// running it.
    /// </summary>
    public Task<T> ExecuteUncompiledAsync<T>(NpgsqlBatchCommand command, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken ct) =>
        ExecuteAsync([new NpgsqlBatchCommand("SET LOCAL jit = off"), command], read, ct);

    /// <summary>Runs one command; see the overload for several.</summary>
    public Task<T> ExecuteAsync<T>(NpgsqlBatchCommand command, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken ct) =>
        ExecuteAsync([command], read, ct);

    private static async Task<T> RunAsync<T>(
        NpgsqlBatch batch, IEnumerable<NpgsqlBatchCommand> commands, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var result = await read(reader, ct);
        // The COMMIT and its errors are only seen when the results are read to their end.
        while (await reader.NextResultAsync(ct))
        {
        }

        return result;
    }
}
