using PLService.Bench.Data;
using PLService.Bench.Load;
using PLService.Bench.Servers;

namespace PLService.Bench.Workloads;

/// <content>Those who rate and those who watch.</content>
internal sealed partial class Live
{
    /// <summary>One connection that counts what fails.</summary>
    private abstract class Client(Live live) : IAsyncDisposable
    {
        private readonly HttpConnection _connection = new(live.Port);

        protected Live Live => live;

        public Latencies Latencies { get; } = new();

        public long Errors { get; private set; }

        public string? FirstError { get; private set; }

        /// <summary>Sends; the latency counts from <paramref name="due"/>. Null when it failed.</summary>
        protected async Task<Reply?> SendAsync(byte[] request, double due, bool keepBody, CancellationToken ct)
        {
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
                limit.CancelAfter(LongestWait);
                var reply = await _connection.SendAsync(request, keepBody, limit.Token);
                if (reply.Status is >= 200 and < 300)
                {
                    Latencies.Add(Live._clock.Elapsed - TimeSpan.FromSeconds(due));
                    return reply;
                }

                Fail($"status {reply.Status}");
            }
            catch (IOException failure)
            {
                Fail(failure.Message);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                Fail($"no answer within {LongestWait.TotalSeconds} s");
            }

            return null;
        }

        public ValueTask DisposeAsync() => _connection.DisposeAsync();

        private void Fail(string reason)
        {
            Errors++;
            FirstError ??= reason;
        }
    }

    private sealed class Person(Live live, OurOperations operations, int number) : Client(live)
    {
        public int Number => number;

        /// <summary>What the service said it has.</summary>
        public List<(int Item, short Level, TimeSpan At)> Placed { get; } = [];

        public async Task RateAsync(CancellationToken ct)
        {
            for (var item = 0; item < Workload.Items; item++)
            {
                var due = ((item * Live._participants) + number) / Live.Rate;
                if (due > Live.Settings.LiveSeconds)
                    break;
                var level = (short)((number + item) % Workload.Levels);
                var request = operations.Rate(Live._assessment, Live.ResponseOf(number), Live.ItemCodes[item], OurOperations.LevelCodes[level]);
                await Live.UntilAsync(due, ct);
                if (await SendAsync(request, due, keepBody: false, ct) is not null)
                    Placed.Add((item, level, Live._clock.Elapsed));
            }
        }
    }

    private sealed class Viewer(Live live, OurOperations operations, int number) : Client(live)
    {
        public List<(TimeSpan At, long Total)> Seen { get; } = [];

        /// <summary>How old the tallies were by their own account when they were there.</summary>
        public TimeSpan Oldest { get; private set; }

        public async Task WatchAsync(CancellationToken ct)
        {
            var request = operations.Tally(Live._assessment);
            for (var second = 0; second < Live.Settings.LiveSeconds; second++)
            {
                var due = second + ((double)number / Viewers);
                await Live.UntilAsync(due, ct);
                var at = Live._clock.Elapsed;
                if (await SendAsync(request, due, keepBody: true, ct) is not { } reply)
                    continue;
                var (ratings, asOf) = OurOperations.ReadTally(reply.Body);
                Oldest = TimeSpan.FromTicks(Math.Max(Oldest.Ticks, (DateTimeOffset.UtcNow - asOf).Ticks));
                if (ratings is { } total)
                    Seen.Add((at, total));
            }
        }
    }
}
