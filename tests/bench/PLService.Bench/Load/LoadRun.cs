using System.Diagnostics;

namespace PLService.Bench.Load;

/// <summary>Gives each connection its requests: fixed bytes, made before the clock starts.</summary>
internal interface IRequests
{
    /// <summary>The statuses that count as success.</summary>
    bool IsExpected(int status);

    /// <summary>The <paramref name="number"/>th request of a connection; the bytes must stay as they are until the reply is there.</summary>
    ReadOnlyMemory<byte> Next(int connection, long number);
}

/// <summary>What one measurement came to.</summary>
/// <param name="PerSecond">Successful requests a second.</param>
/// <param name="Count">Successful requests.</param>
/// <param name="P50">Median latency in milliseconds.</param>
/// <param name="P95">95th percentile in milliseconds.</param>
/// <param name="P99">99th percentile in milliseconds.</param>
/// <param name="Errors">Requests that failed or had another status.</param>
/// <param name="Bytes">Mean length of a reply's body.</param>
/// <param name="FirstError">What went wrong first.</param>
internal sealed record Measured(
    double PerSecond, long Count, double P50, double P95, double P99, long Errors = 0, double Bytes = 0, string? FirstError = null)
{
    public static Measured Of(Latencies latencies, TimeSpan elapsed, long errors = 0, long bytes = 0, string? firstError = null) => new(
        latencies.Count / elapsed.TotalSeconds,
        latencies.Count,
        latencies.Percentile(0.50),
        latencies.Percentile(0.95),
        latencies.Percentile(0.99),
        errors,
        latencies.Count > 0 ? (double)bytes / latencies.Count : 0,
        firstError);
}

/// <summary>Closed loop: each connection sends its next request when it has read the reply to the last.</summary>
internal static class LoadRun
{
    public static async Task<Measured> RunAsync(int port, int connections, TimeSpan length, IRequests requests, CancellationToken ct)
    {
        var workers = await Task.WhenAll(Enumerable.Range(0, connections).Select(async index =>
        {
            // Connecting is no part of what is measured.
            var worker = new Worker(port, index, requests);
            await worker.SendAsync(0, count: false, ct);
            return worker;
        }));
        try
        {
            var clock = Stopwatch.StartNew();
            await Task.WhenAll(workers.Select(worker => Task.Run(() => worker.RunAsync(clock, length, ct), ct)));
            var elapsed = clock.Elapsed;
            var latencies = new Latencies();
            foreach (var worker in workers)
                latencies.Add(worker.Latencies);
            return Measured.Of(
                latencies, elapsed, workers.Sum(w => w.Errors), workers.Sum(w => w.Bytes),
                workers.Select(w => w.FirstError).FirstOrDefault(e => e is not null));
        }
        finally
        {
            foreach (var worker in workers)
                await worker.DisposeAsync();
        }
    }

    private sealed class Worker(int port, int index, IRequests requests) : IAsyncDisposable
    {
        private readonly HttpConnection _connection = new(port);

        public Latencies Latencies { get; } = new();

        public long Errors { get; private set; }

        public long Bytes { get; private set; }

        public string? FirstError { get; private set; }

        public async Task RunAsync(Stopwatch clock, TimeSpan length, CancellationToken ct)
        {
            for (var number = 1L; clock.Elapsed < length; number++)
                await SendAsync(number, count: true, ct);
        }

        public async Task SendAsync(long number, bool count, CancellationToken ct)
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                var reply = await _connection.SendAsync(requests.Next(index, number), keepBody: false, ct);
                if (!requests.IsExpected(reply.Status))
                {
                    Fail($"status {reply.Status}");
                }
                else if (count)
                {
                    Latencies.Add(Stopwatch.GetElapsedTime(started));
                    Bytes += reply.Bytes;
                }
            }
            catch (IOException failure)
            {
                Fail(failure.Message);
            }
        }

        public ValueTask DisposeAsync() => _connection.DisposeAsync();

        private void Fail(string reason)
        {
            Errors++;
            FirstError ??= reason;
        }
    }
}
