using Npgsql;
using PLService.Api.Access;

namespace PLService.Api.Persistence.Frameworks;

/// <summary>
/// Reads frameworks below EF: those of the caller's tenant and the catalog, or, when nobody is signed in, the catalog alone. Row-level security
/// decides in either case; without a tenant it shows the catalog and nothing else.
/// </summary>
internal sealed class FrameworkReading(NpgsqlDataSource source, Caller caller, TenantReader reader)
{
    /// <summary>Whose rows are looked for.</summary>
    public Guid[] Tenants => caller.IsKnown ? [caller.TenantId, Guid.Empty] : [Guid.Empty];

    /// <summary>Runs the commands in one transaction that sees one state of the database; <paramref name="read"/> gets the results in order.</summary>
    public async Task<T> ExecuteAsync<T>(IReadOnlyList<NpgsqlBatchCommand> commands, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        var snapshot = commands.Count > 1 && !reader.IsJoining ? [new("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"), .. commands] : commands;
        if (caller.IsKnown)
            return await reader.ExecuteAsync(snapshot, read, ct);

        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in (IEnumerable<NpgsqlBatchCommand>)[new("BEGIN"), .. snapshot, new("COMMIT")])
            batch.BatchCommands.Add(command);
        await using var rows = await batch.ExecuteReaderAsync(ct);
        var result = await read(rows, ct);
        // Errors of what follows only show when the results are read to their end.
        while (await rows.NextResultAsync(ct))
        {
        }

        return result;
    }

    /// <summary>Runs one command; see the overload for several.</summary>
    public Task<T> ExecuteAsync<T>(NpgsqlBatchCommand command, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken ct) => ExecuteAsync([command], read, ct);
}
