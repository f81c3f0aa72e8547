using Npgsql;

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
}
