using System.Diagnostics;
using Npgsql;
using PLService.Bench.Data;
using PLService.Bench.Servers;

namespace PLService.Bench.Workloads;

/// <summary>W1: the slice through the service, the bare server and COPY; and the memory that an import takes by its size.</summary>
internal sealed class Imports(Run run, Contract contract)
{
    private const string Unit = "rows/s";

    public async Task CompareAsync(OurServer ours, ChildServer bare, CancellationToken ct)
    {
        var (available, limits) = (IsAvailable("W1"), new CopyLimits(run));
        // Round 0 warms up. Every round has a file of its own, so that nothing is met twice.
        for (var round = 0; round <= run.Options.Rounds; round++)
        {
            ct.ThrowIfCancellationRequested();
            var file = Write($"w1-{round}", run.Workload.Participants);
            var figures = new List<(string Key, TimeSpan Elapsed)>();
            if (available)
                figures.Add(("W1/ours", await new ImportOperation(ours).RunAsync(file, ct)));
            figures.Add(("W1/bare", await ImportIntoBareAsync(bare, file, ct)));
            figures.Add(("W1/copy into ratings with foreign keys", await limits.IntoRatingsAsync(file, ct)));
            figures.Add(("W1/copy of the file into a temporary table", await limits.IntoStagingAsync(file, ct)));
            if (available)
                await CheckStoredAsync(file, ct);
            File.Delete(file.Path);
            foreach (var (key, elapsed) in figures.Where(_ => round > 0))
                run.Results.Add(key, file.Rows / elapsed.TotalSeconds, Unit);
        }
    }

    /// <summary>A fresh process each: the highest memory while a file of the usual size or of ten times the rows is imported.</summary>
    public async Task MemoryAsync(CancellationToken ct)
    {
        if (!IsAvailable("memory"))
            return;
        foreach (var (label, times) in new[] { ("1x", 1), ("10x", 10) })
        {
            await using var fresh = await run.StartOursAsync($"memory-{label}", ct);
            var operation = new ImportOperation(fresh);
            foreach (var (step, participants) in new[] { ("warm", run.Workload.Participants), ("full", run.Workload.Participants * times) })
            {
                var file = Write($"memory-{label}-{step}", participants);
                var elapsed = await operation.RunAsync(file, ct);
                await CheckStoredAsync(file, ct);
                File.Delete(file.Path);
                if (step != "full")
                    continue;
                run.Results.Add($"memory/rows, {label}", file.Rows, "rows");
                run.Results.Add($"memory/speed, {label}", file.Rows / elapsed.TotalSeconds, Unit);
                if (fresh.Child.Memory() is { } memory)
                    run.Results.Add($"memory/highest, {label}", memory.Highest, "MB");
            }
        }
    }

    private bool IsAvailable(string workload)
    {
        try
        {
            ImportOperation.Require(contract);
            return true;
        }
        catch (NotAvailableException missing)
        {
            run.Results.Miss(workload, missing.Message);
            return false;
        }
    }

    private ImportFile Write(string label, int participants) => ImportFile.Write(run.Workload, run.Items, label, participants, run.Files);

    private static async Task<TimeSpan> ImportIntoBareAsync(ChildServer bare, ImportFile file, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{bare.Port}"), Timeout = TimeSpan.FromMinutes(10) };
        await using var body = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
        using var content = new StreamContent(body, 1 << 16);
        var started = Stopwatch.GetTimestamp();
        using var response = await http.PostAsync($"/import?round={Uri.EscapeDataString(file.Round)}", content, ct);
        var elapsed = Stopwatch.GetElapsedTime(started);
        return response.IsSuccessStatusCode ? elapsed
            : throw new BenchException($"The bare import failed: {await response.Content.ReadAsStringAsync(ct)}");
    }

    /// <summary>Fast and wrong would be no figure: every rating of the file must be there.</summary>
    private async Task CheckStoredAsync(ImportFile file, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(run.Ours.Admin);
        await connection.OpenAsync(ct);
        var stored = await Staged.AskAsync<long>(connection,
            """
            select coalesce(sum(cardinality(array_remove(r.levels, null))), 0)::bigint
            from pls.assessment a join pls.response r on r.tenant_id = a.tenant_id and r.assessment_id = a.id
            where a.tenant_id = $1 and a.round = $2
            """, ct, run.Ours.Tenant.TenantId, file.Round);
        run.Results.Check($"{file.Round}: {file.Rows} ratings sent, {stored} stored", stored == file.Rows);
    }
}
