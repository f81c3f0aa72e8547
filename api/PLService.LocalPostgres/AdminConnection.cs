using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace PLService.LocalPostgres;

/// <summary>Admin connection strings: reads both usual forms, makes ours, and asks a server whether it is the one that is meant.</summary>
internal static class AdminConnection
{
    public const string Variable = "PLSERVICE_DB";

    /// <summary>Reads <c>postgres://user:password@host:port/database?sslmode=require</c> or Npgsql's keyword form.</summary>
    /// <exception cref="LocalPostgresException">It is neither; the message never repeats it, for it holds a password.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        try
        {
            var builder = text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
                || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
                ? FromUrl(new Uri(text)) : new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrEmpty(builder.Host))
                throw new ArgumentException("it names no host");
            builder.Database = string.IsNullOrEmpty(builder.Database) ? "postgres" : builder.Database;
            return builder;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException)
        {
            throw new LocalPostgresException($"{Variable} is neither a URL (postgres://user:password@host:port/database) nor a connection "
                + $"string (Host=...;Username=...;Password=...): {wrong.GetType().Name}.");
        }
    }

    public static NpgsqlConnectionStringBuilder ForLocal(int port, string password) => new()
    {
        // Without TLS and GSS a new connection costs one round trip less each; the server is on loopback.
        Host = "127.0.0.1",
        Port = port,
        Username = "postgres",
        Password = password,
        Database = "postgres",
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    };

    /// <summary>Opens a connection outside any pool, so that nothing stays open on a server that is about to stop.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks one value.</summary>
    public static async Task<object?> AskAsync(string connectionString, string sql, CancellationToken ct)
    {
        await using var connection = await OpenAsync(connectionString, ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }

    /// <exception cref="LocalPostgresException">The server does not answer, refuses us, or is too old.</exception>
    public static async Task CheckAsync(NpgsqlConnectionStringBuilder admin, CancellationToken ct)
    {
        try
        {
            var version = (string)(await AskAsync(admin.ConnectionString, "SHOW server_version_num", ct))!;
            if (int.Parse(version, CultureInfo.InvariantCulture) < BinariesFinder.OldestMajor * 10_000)
                throw new LocalPostgresException($"The server of {Variable} is older than PostgreSQL {BinariesFinder.OldestMajor}.");
        }
        catch (DbException failure)
        {
            throw new LocalPostgresException($"The server of {Variable} ({admin.Host}:{admin.Port}, user {admin.Username}) "
                + $"cannot be used: {failure.Message}", failure);
        }
    }

    private static NpgsqlConnectionStringBuilder FromUrl(Uri url)
    {
        var user = url.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host.Trim('[', ']'),
            Port = url.Port > 0 ? url.Port : 5432,
            Database = Uri.UnescapeDataString(url.AbsolutePath.Trim('/')),
        };
        if (user[0].Length > 0)
            builder.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length == 2)
            builder.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)))
        {
            // libpq writes sslmode=verify-full and application_name, Npgsql VerifyFull and Application Name.
            var value = Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "");
            builder[pair[0].Replace('_', ' ')] = pair[0] == "sslmode" ? value.Replace("-", "") : value;
        }
        return builder;
    }
}
