using Npgsql;
using PLService.Api.Access;
using PLService.Api.Commands;
using PLService.LocalPostgres;

namespace PLService.Api.Tests.Faults;

/// <summary>Tests that kill processes run alone: what they measure is how soon the service is back.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultCollection : ICollectionFixture<FaultRig>
{
    public const string Name = "Faults";
}

/// <summary>A durable PostgreSQL of its own that may be killed, with a migrated database for each test.</summary>
public sealed class FaultRig : IAsyncLifetime
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"plservice-faults-{Guid.NewGuid():N}");
    private readonly List<ServiceProcess> _services = [];
    private PostgresServer? _server;
    private LocalDatabases? _databases;

    internal PostgresServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_directory);
        SigningKeys.Create(KeyDirectory);
        // Never that of PLSERVICE_DB: it is not ours to kill.
        var options = new PostgresOptions { DataDirectory = Path.Combine(_directory, "data"), Durable = true, HeedEnvironment = false };
        _server = await PostgresServer.StartAsync(options, CancellationToken.None);
        _databases = new LocalDatabases(_server.AdminConnectionString);
        await _databases.EnsureRolesAsync(CancellationToken.None);
        await _databases.CreateAsync(Template);
        await Migrate.RunAsync(_databases.OwnerConnectionString(Template) + ";Pooling=false", CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
            await service.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private const string Template = "plservice_faults";

    private string KeyDirectory => Path.Combine(_directory, "keys");

    /// <summary>A migrated database with a tenant in it.</summary>
    internal async Task<FaultDatabase> NewDatabaseAsync(CancellationToken ct)
    {
        var name = $"plservice_faults_{Guid.NewGuid():N}";
        await _databases!.CreateAsync(name, Template, ct);
        var credentials = await Bootstrap.RunAsync(_databases.OwnerConnectionString(name) + ";Pooling=false", "faults", "Faults", "first", ct);
        var admin = new NpgsqlConnectionStringBuilder(Server.AdminConnectionString) { Database = name, Pooling = false }.ConnectionString;
        return new FaultDatabase(_databases.AppConnectionString(name), admin, credentials);
    }

    /// <summary>A process of the service on that database, ready to serve.</summary>
    internal async Task<ServiceProcess> StartServiceAsync(FaultDatabase database, CancellationToken ct)
    {
        var service = new ServiceProcess(database, KeyDirectory);
        _services.Add(service);
        await service.StartAsync(ct);
        return service;
    }
}

/// <summary>A database of the rig: how the service and how a superuser connects, and the first client of its tenant.</summary>
internal sealed record FaultDatabase(string App, string Admin, Bootstrap.Credentials Credentials)
{
    /// <summary>The first column of every row, asked as a superuser who sees all tenants.</summary>
    public async Task<List<T>> AskAsync<T>(string sql, CancellationToken ct, params object[] parameters)
    {
        await using var connection = new NpgsqlConnection(Admin);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
            rows.Add(reader.GetFieldValue<T>(0));
        return rows;
    }

    /// <summary>Runs statements as a superuser.</summary>
    public async Task RunAsync(string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(Admin);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Keeps every import from storing until it is disposed.</summary>
    public async Task<NpgsqlConnection> HoldImportsAsync(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(Admin);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("begin; lock table pls.assessment in exclusive mode", connection);
        await command.ExecuteNonQueryAsync(ct);
        return connection;
    }
}
