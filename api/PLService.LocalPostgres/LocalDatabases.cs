using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace PLService.LocalPostgres;

/// <summary>
/// The service's roles and databases on a server of which the admin's connection string is known. Passwords of the roles are derived
/// from the admin's, so every process that knows the one knows the others.
/// </summary>
public sealed class LocalDatabases
{
    public const string OwnerRole = "plservice_owner";
    public const string AppRole = "plservice_app";
    public const string WorkerRole = "plservice_worker";
    public const string DoorRole = "plservice_door";

    // Keeps migrations in one piece on Citus; a server without it takes settings of an unknown prefix as they are.
    private const string OwnerOptions =
        "-c citus.multi_shard_modify_mode=sequential -c citus.enable_local_reference_table_foreign_keys=off";

    private readonly NpgsqlConnectionStringBuilder _admin;

    /// <param name="adminConnectionString">URL or keyword form; a role that may make roles and databases.</param>
    public LocalDatabases(string adminConnectionString)
    {
        ArgumentException.ThrowIfNullOrEmpty(adminConnectionString);
        _admin = AdminConnection.Parse(adminConnectionString);
    }

    /// <summary>Makes owner, app, worker and door or sets them right; several processes may do it at once.</summary>
    public async Task EnsureRolesAsync(CancellationToken ct = default)
    {
        await using var connection = await AdminConnection.OpenAsync(_admin.ConnectionString, ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await RunAsync(connection, RoleStatements.Lock, ct);
        await RunAsync(connection, RoleStatements.Ensure(Password(OwnerRole), Password(AppRole)), ct);
        await RunAsync(connection, RoleStatements.Membership(connection.PostgreSqlVersion.Major), ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Makes a database that the owner role owns and only the app role may enter, empty or as a copy of another.</summary>
    /// <exception cref="PostgresException">42P04: it is there already. 55006: somebody is connected to the template.</exception>
    public async Task CreateAsync(string name, string? template = null, CancellationToken ct = default)
    {
        await using var connection = await AdminConnection.OpenAsync(_admin.ConnectionString, ct);
        var source = template is null ? "" : $" TEMPLATE {Quote(template)}";
        await RunAsync(connection, $"CREATE DATABASE {Quote(name)} OWNER {OwnerRole}{source}", ct);
        await GrantAsync(connection, name, ct);
    }

    /// <summary>Makes the database unless it is there; true when it was made now.</summary>
    public async Task<bool> EnsureAsync(string name, CancellationToken ct = default)
    {
        try
        {
            if (!await ExistsAsync(name, ct))
            {
                await CreateAsync(name, ct: ct);
                return true;
            }
        }
        catch (PostgresException quicker)
            when (quicker.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another process made it between the question and the answer.
        }
        await using var connection = await AdminConnection.OpenAsync(_admin.ConnectionString, ct);
        await GrantAsync(connection, name, ct);
        return false;
    }

    public async Task<bool> ExistsAsync(string name, CancellationToken ct = default)
    {
        await using var connection = await AdminConnection.OpenAsync(_admin.ConnectionString, ct);
        await using var command = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection);
        command.Parameters.AddWithValue(name);
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    /// <summary>Removes the database, its connections ended; one that is not there is no error.</summary>
    public async Task DropAsync(string name, CancellationToken ct = default)
    {
        await using var connection = await AdminConnection.OpenAsync(_admin.ConnectionString, ct);
        await RunAsync(connection, $"DROP DATABASE IF EXISTS {Quote(name)} WITH (FORCE)", ct);
    }

    /// <summary>For migrations: the role that owns everything in the database.</summary>
    public string OwnerConnectionString(string name)
    {
        var builder = For(OwnerRole, name);
        builder.Options = OwnerOptions;
        return builder.ConnectionString;
    }

    /// <summary>For the service at run time: the role that owns nothing and cannot bypass row-level security.</summary>
    public string AppConnectionString(string name) => For(AppRole, name).ConnectionString;

    private NpgsqlConnectionStringBuilder For(string role, string database) =>
        new(_admin.ConnectionString) { Username = role, Password = Password(role), Database = database };

    // Without an admin password (peer or trust authentication) the rest of the connection string is the key.
    private string Password(string role)
    {
        var key = string.IsNullOrEmpty(_admin.Password) ? _admin.ConnectionString : _admin.Password;
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(role));
        return Convert.ToBase64String(mac).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    private static Task GrantAsync(NpgsqlConnection connection, string name, CancellationToken ct) => RunAsync(connection,
        $"REVOKE ALL ON DATABASE {Quote(name)} FROM PUBLIC; GRANT CONNECT, TEMPORARY ON DATABASE {Quote(name)} TO {AppRole}", ct);

    private static string Quote(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Contains('\0'))
            throw new ArgumentException("A name holds no NUL.", nameof(name));
        return $"\"{name.Replace("\"", "\"\"")}\"";
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
