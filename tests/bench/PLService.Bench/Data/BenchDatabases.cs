using PLService.LocalPostgres;

namespace PLService.Bench.Data;

/// <summary>
/// Names of this run's databases. On a server that goes away with the run they go with it; on another's they are dropped.
/// </summary>
internal sealed class BenchDatabases(PostgresServer server) : IAsyncDisposable
{
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private readonly List<string> _names = [];

    public string Name(string what)
    {
        var name = $"plservice_bench_{_run}_{what}";
        _names.Add(name);
        return name;
    }

    public async ValueTask DisposeAsync()
    {
        if (server.IsOwner)
            return;
        foreach (var name in _names)
            await new LocalDatabases(server.AdminConnectionString).DropAsync(name, CancellationToken.None);
    }
}
