using Npgsql;

namespace PLService.Api.Tests.Infrastructure;

/// <summary>A migrated database without a service: a class fixture.</summary>
public sealed class DatabaseClone : IAsyncLifetime
{
    private TestDatabase? _database;

    internal TestDatabase Database => _database!;

    public static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public async ValueTask InitializeAsync() => _database = await TestDatabases.CloneAsync();

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
