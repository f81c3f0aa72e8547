using System.Diagnostics;
using System.Runtime.InteropServices;
using Npgsql;
using PLService.Bench.Data;
using PLService.Bench.Figures;
using PLService.Bench.Servers;
using PLService.Bench.Workloads;
using PLService.LocalPostgres;

namespace PLService.Bench;

/// <summary>One run: a PostgreSQL of its own, both databases, all workloads, the table; everything is removed at the end.</summary>
internal sealed class Session(Options options)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Ledger _results = new();

    /// <summary>0 when the harness worked, whatever the figures say: nothing is gated on time. 1 when figures cannot be trusted.</summary>
    public static async Task<int> RunAsync(Options options)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(options.Minutes));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        // Not CreateTempSubdirectory: its mode 700 would keep out the unprivileged user that PostgreSQL runs as.
        var directory = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"plservice-bench-{Guid.NewGuid():N}")).FullName;
        var session = new Session(options);
        try
        {
            return await session.RunAsync(directory, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            session.Say("stopped before anything was measured");
            return 1;
        }
        finally
        {
            session.Clean(directory);
        }

        void Cancel(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private async Task<int> RunAsync(string directory, CancellationToken ct)
    {
        Say("starting PostgreSQL");
        var wanted = new PostgresOptions { DataDirectory = Path.Combine(directory, "data"), Durable = true, Report = Say };
        await using var server = await PostgresServer.StartAsync(wanted, ct);
        var workload = new Workload(options.Seed, options.Scale);
        var machine = await Machine.ReadAsync(server.AdminConnectionString, options.Api, ct);
        Say($"loading {workload.Ratings:#,0} ratings into the service's schema");
        await using var databases = new BenchDatabases(server);
        var ours = await OurData.CreateAsync(server, databases.Name("ours"), workload, ct);
        Say("loading the same, a row per rating, for the bare server");
        var items = ours.Layout.Elements.Select(element => (element.Section.Code, element.Item.Code)).ToList();
        var bare = await BareData.CreateAsync(server, databases.Name("bare"), workload, items, ct);
        var run = new Run(options, workload, ours, bare, directory, _results);
        await SameAnswers.CheckAsync(run, ct);
        try
        {
            await MeasureAsync(run, server, databases, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            Say("stopped before the end");
            _results.Miss("the rest", "the run was stopped, or its minutes were over");
        }

        // What was measured is worth keeping, also when the run was stopped.
        var notes = await NotesAsync(server, CancellationToken.None);
        var report = new Report(machine, options, DateTimeOffset.UtcNow, _clock.Elapsed, workload.Ratings, _results, notes);
        var file = options.Out ?? DefaultFile();
        await report.WriteAsync(file, CancellationToken.None);
        Console.WriteLine(report.Markdown());
        Say($"raw figures: {file}");
        return _results.Faults.Count == 0 ? 0 : 1;
    }

    private async Task MeasureAsync(Run run, PostgresServer server, BenchDatabases databases, CancellationToken ct)
    {
        await StepAsync("start", () => new StartUp(run).MeasureAsync(ct));
        await using (var ours = await run.StartOursAsync("ours", ct))
        await using (var bare = await BareChild.StartAsync(run.Bare, run.Directory, ct))
        {
            var contract = await ours.ReadContractAsync(ct);
            var reads = new Reads(run, ours, bare, contract);
            await StepAsync("W2d", () => reads.DistrictHistogramAsync(ct));
            await StepAsync("W2d", () => reads.FrozenResultAsync(ct), "W2d result");
            await StepAsync("W2s", () => reads.StateHistogramAsync(ct));
            await StepAsync("W3", () => reads.ListAsync(ct));
            await StepAsync("W4", () => reads.GetAsync(ct));
            // Growth before anything is added: the first database has to be what it was loaded as.
            await StepAsync("growth", () => GrowthAsync(run, server, databases.Name("grown"), ours, contract, ct));
            await StepAsync("W5", () => reads.CreateAsync(ct));
            await StepAsync("W6", () => new Live(run, ours, contract).MeasureAsync(ct));
            var imports = new Imports(run, contract);
            await StepAsync("W1", () => imports.CompareAsync(ours, bare, ct));
            await StepAsync("memory", () => imports.MemoryAsync(ct));
        }
    }

    private async Task GrowthAsync(Run run, PostgresServer server, string name, OurServer ours, Contract contract, CancellationToken ct)
    {
        if (options.Growth == 0)
            throw new NotAvailableException("it was left out by --growth 0");
        var larger = new Workload(options.Seed, options.Scale, options.Growth);
        Say($"loading {larger.Ratings:#,0} ratings for growth");
        var database = await OurData.CreateAsync(server, name, larger, ct);
        await using var grown = await OurServer.StartAsync(options.Api, database, run.Directory, "grown", ct);
        await new Growth(run, ours, grown, contract).MeasureAsync(ct);
    }

    // The servers' logs are small, and wanted when something was wrong.
    private void Clean(string directory)
    {
        foreach (var part in Directory.GetDirectories(directory))
            Directory.Delete(part, recursive: true);
        if (_results.Faults.Count == 0)
            Directory.Delete(directory, recursive: true);
        else
            Say($"logs of the servers: {directory}");
    }

    // One workload that cannot be measured does not take the others with it.
    private async Task StepAsync(string workload, Func<Task> measure, string? name = null)
    {
        if (!options.Wants(workload))
            return;
        Say(name ?? workload);
        try
        {
            await measure();
        }
        catch (NotAvailableException missing)
        {
            _results.Miss(name ?? workload, missing.Message);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            _results.Miss(name ?? workload, "it failed");
            _results.Faults.Add($"{name ?? workload}: {failure.Message}");
        }
    }

    private static async Task<IReadOnlyList<string>> NotesAsync(PostgresServer server, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(server.AdminConnectionString);
        await connection.OpenAsync(ct);
        var fsync = await Staged.AskAsync<string>(connection, "show fsync", ct);
        var commit = await Staged.AskAsync<string>(connection, "show synchronous_commit", ct);
        return
        [
            $"PostgreSQL runs with fsync {fsync} and synchronous_commit {commit}; all servers and the load generator share the machine.",
            "The service checks tokens and input and logs as in production; alone its rate limit is raised "
                + $"(Access__RequestsPerSecond and Access__RequestBurst {OurServer.RateLimit}).",
            "A limit is a prepared statement in a loop, by Npgsql, without HTTP; for W1 it is COPY.",
        ];
    }

    private static string DefaultFile()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "PLService.sln")))
                return Path.Combine(directory.FullName, "tests", "bench", "results.json");
        }

        return Path.GetFullPath("results.json");
    }

    // The table alone goes to standard output.
    private void Say(string what) => Console.Error.WriteLine($"{_clock.Elapsed:mm\\:ss} {what}");
}
