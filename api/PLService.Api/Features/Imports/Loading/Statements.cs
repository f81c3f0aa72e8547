using Npgsql;
using NpgsqlTypes;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>Short ways to run a statement of an import, which may take its time.</summary>
internal static class Statements
{
    public static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] parameters)
    {
        await using var command = Of(connection, sql, parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }

    public static NpgsqlCommand Of(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in parameters)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }

    /// <summary>
    /// Joins of thousands of rows by hashing, until the transaction ends. Of a table that was just filled there are no statistics yet, and a nested
    /// loop over the one row that is then expected goes through thousands times thousands.
    /// </summary>
    public static Task JoinByHashAsync(NpgsqlConnection connection, CancellationToken ct) => ExecuteAsync(connection, "set local enable_nestloop = off", ct);

    /// <summary>An array of texts, some of them null.</summary>
    public static NpgsqlParameter Texts(IEnumerable<string?> values) => Many(values.ToArray(), NpgsqlDbType.Text);

    /// <summary>An array of ids, some of them null.</summary>
    public static NpgsqlParameter Ids(IEnumerable<Guid?> values) => Many(values.ToArray(), NpgsqlDbType.Uuid);

    /// <summary>An array of ids, or null.</summary>
    public static NpgsqlParameter Ids(Guid[]? values) => Many(values, NpgsqlDbType.Uuid);

    /// <summary>An array of a type that its members do not tell when they are null.</summary>
    public static NpgsqlParameter Many(object? values, NpgsqlDbType type) => new() { Value = values ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | type };
}
