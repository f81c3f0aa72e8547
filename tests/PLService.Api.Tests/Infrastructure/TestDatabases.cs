using PLService.Api.Commands;
using PLService.LocalPostgres;

namespace PLService.Api.Tests.Infrastructure;

/// <summary>One PostgreSQL server and one migrated template for the whole run; each class of tests clones it.</summary>
internal static class TestDatabases
{
    private static readonly Lazy<Task<(PostgresServer Server, LocalDatabases Databases, string Template)>> Started = new(StartAsync);
    private static readonly SemaphoreSlim Cloning = new(1);

    /// <summary>A database with the schema and the catalog, and nothing else.</summary>
    public static async Task<TestDatabase> CloneAsync()
    {
        var (server, databases, template) = await Started.Value;
        var name = $"plservice_test_{Guid.NewGuid():N}";
        // PostgreSQL refuses to copy a template that another session is copying under some settings; one at a time is as fast.
        await Cloning.WaitAsync();
        try
        {
            await databases.CreateAsync(name, template);
        }
        finally
        {
            Cloning.Release();
        }

        return new TestDatabase(server, databases, name);
    }

    private static async Task<(PostgresServer, LocalDatabases, string)> StartAsync()
    {
        // Not CreateTempSubdirectory: its mode 700 would keep out the unprivileged user that PostgreSQL runs as.
        var directory = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"plservice-tests-{Guid.NewGuid():N}")).FullName;
        var server = await PostgresServer.StartAsync(new PostgresOptions { DataDirectory = Path.Combine(directory, "data") }, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.DisposeAsync().AsTask().GetAwaiter().GetResult();
            Directory.Delete(directory, recursive: true);
        };
        var databases = new LocalDatabases(server.AdminConnectionString);
        await databases.EnsureRolesAsync(CancellationToken.None);
        var template = $"plservice_template_{Guid.NewGuid():N}";
        await databases.CreateAsync(template);
        await Migrate.RunAsync(databases.OwnerConnectionString(template) + ";Pooling=false", CancellationToken.None);
        return (server, databases, template);
    }
}

/// <summary>A clone of the template, dropped when its tests are done.</summary>
internal sealed class TestDatabase(PostgresServer server, LocalDatabases databases, string name) : IAsyncDisposable
{
    /// <summary>As the service connects.</summary>
    public string App { get; } = databases.AppConnectionString(name) + ";Include Error Detail=true";

    /// <summary>As migrations connect; row-level security is forced on this role too.</summary>
    public string Owner { get; } = databases.OwnerConnectionString(name) + ";Pooling=false";

    /// <summary>As a superuser, who alone can plant faults in roles.</summary>
    public string Admin { get; } = new Npgsql.NpgsqlConnectionStringBuilder(server.AdminConnectionString) { Database = name, Pooling = false }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        Npgsql.NpgsqlConnection.ClearPool(new Npgsql.NpgsqlConnection(App));
        await databases.DropAsync(name);
    }
}
