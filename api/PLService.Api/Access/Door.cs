using Npgsql;

namespace PLService.Api.Access;

/// <summary>
/// Finds the tenant that somebody names who is not signed in yet. It is the one place that looks across tenants for a caller, as the role
/// plservice_door, which can read the names and whose they are, and nothing else.
/// </summary>
internal sealed class Door(NpgsqlDataSource source)
{
    /// <summary>The tenant with this short name; null when there is none.</summary>
    public Task<Guid?> TenantOfSlugAsync(string slug, CancellationToken ct) => FindAsync(
        "select id from pls.tenant where slug = $1", slug, async (rows, token) => await rows.ReadAsync(token) ? rows.GetGuid(0) : (Guid?)null, ct);

    /// <summary>Asks one question with one name in it.</summary>
    private async Task<T> FindAsync<T>(string sql, string name, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        // PostgreSQL knows no NUL in texts: nothing has such a name.
        if (name.Contains('\0', StringComparison.Ordinal))
            name = "";
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("BEGIN"),
                new NpgsqlBatchCommand("SET LOCAL ROLE plservice_door"),
                new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter<string> { TypedValue = name } } },
                new NpgsqlBatchCommand("COMMIT"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var found = await read(reader, ct);
        while (await reader.NextResultAsync(ct))
        {
        }

        return found;
    }
}
