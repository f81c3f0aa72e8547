using PLService.Bench.Data;
using PLService.Bench.Figures;
using PLService.Bench.Load;
using PLService.Bench.Servers;

namespace PLService.Bench.Workloads;

/// <summary>What every workload needs.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Workload">The generated data.</param>
/// <param name="Ours">Our database.</param>
/// <param name="Bare">Connection string of the bare one.</param>
/// <param name="Directory">For files and logs; removed at the end.</param>
/// <param name="Results">Takes the figures.</param>
internal sealed record Run(Options Options, Workload Workload, OurDatabase Ours, string Bare, string Directory, Ledger Results)
{
    /// <summary>Until the runtime has compiled what is hot for the last time; on two busy cores that takes some seconds.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(12);

    /// <summary>Item codes in the order of the instrument.</summary>
    public IReadOnlyList<string> Items { get; } = [.. Ours.Layout.Elements.Select(element => element.Item.Code)];

    /// <summary>Where files to import lie.</summary>
    public string Files { get; } = System.IO.Directory.CreateDirectory(Path.Combine(Directory, "files")).FullName;

    public TimeSpan Length => TimeSpan.FromSeconds(Options.Seconds);

    public Task<OurServer> StartOursAsync(string name, CancellationToken ct) =>
        OurServer.StartAsync(Options.Api, Ours, Directory, name, ct);

    /// <summary>
    /// Measures several things in turn, A B C A B C: what the machine does meanwhile then falls on all of them alike. Each is warmed up first.
    /// What the service does not have is noted as missing; what it would be compared with is measured all the same.
    /// </summary>
    public async Task InterleaveAsync(
        string workload, CancellationToken ct, params (string Key, Func<Func<TimeSpan, Task<Measured>>> Prepare)[] parts)
    {
        var ready = new List<(string Key, Func<TimeSpan, Task<Measured>> Measure)>();
        foreach (var (key, prepare) in parts)
        {
            try
            {
                ready.Add(($"{workload}/{key}", prepare()));
            }
            catch (NotAvailableException missing)
            {
                Results.Miss(workload, missing.Message);
            }
        }

        foreach (var (key, measure) in ready)
        {
            var warm = await measure(WarmUp > Length * 4 ? Length * 4 : WarmUp);
            // Better no figure than a fast series of failures.
            if (warm.Count == 0)
                throw new BenchException($"{key}: no request succeeded; {warm.FirstError}");
        }

        for (var round = 0; round < Options.Rounds; round++)
        {
            foreach (var (key, measure) in ready)
            {
                ct.ThrowIfCancellationRequested();
                Results.Add(key, await measure(Length));
            }
        }
    }

    public Func<TimeSpan, Task<Measured>> Http(int port, IRequests requests, CancellationToken ct, int? connections = null) =>
        length => LoadRun.RunAsync(port, connections ?? Options.Connections, length, requests, ct);

    /// <summary>A prepared statement on the bare database.</summary>
    public Func<TimeSpan, Task<Measured>> BareStatement(
        string sql, Func<int, long, object[]> parameters, CancellationToken ct, int? connections = null) =>
        length => PreparedLoop.RunAsync(Bare, sql, parameters, connections ?? Options.Connections, length, ct);

    /// <summary>A prepared statement on our database, past row-level security.</summary>
    public Func<TimeSpan, Task<Measured>> OurStatement(
        string sql, Func<int, long, object[]> parameters, CancellationToken ct, int? connections = null) =>
        length => PreparedLoop.RunAsync(Ours.Admin, sql, parameters, connections ?? Options.Connections, length, ct);
}
