using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using PLService.Api.Persistence;
using PLService.Bench.Data;
using PLService.Bench.Load;
using PLService.Bench.Servers;

namespace PLService.Bench.Workloads;

/// <summary>
/// W6, shortened: participants place ratings in one assessment at the rate of all of them rating everything in ten minutes, while viewers
/// read the live tally every second. Ratings come by the clock, whether or not the service keeps up (open loop), and their latency counts
/// from when they were due.
/// </summary>
internal sealed class Live(Run run, OurServer ours, Contract contract)
{
    private const int Viewers = 50;
    private const double TenMinutes = 600;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private readonly int _participants = Math.Max(10, (int)(run.Options.Participants * Math.Min(run.Options.Scale, 1)));
    private readonly Guid _assessment = Workload.Assessment(run.Workload.Districts - 1, Workload.Stored.Count);
    private readonly Stopwatch _clock = new();

    private int Port => ours.Port;

    private Options Settings => run.Options;

    private IReadOnlyList<string> ItemCodes => run.Items;

    private double Rate => _participants * Workload.Items / TenMinutes;

    public async Task MeasureAsync(CancellationToken ct)
    {
        var operations = new OurOperations(contract, await ours.AuthorizeAsync(ct));
        var before = await LoadParticipantsAsync(ct);
        var people = Enumerable.Range(0, _participants).Select(p => new Person(this, operations, p)).ToList();
        var viewers = Enumerable.Range(0, Viewers).Select(v => new Viewer(this, operations, v)).ToList();
        _clock.Restart();
        await Task.WhenAll([.. people.Select(person => person.RateAsync(ct)), .. viewers.Select(viewer => viewer.WatchAsync(ct))]);
        var elapsed = _clock.Elapsed;
        foreach (var client in people.Concat<Client>(viewers))
            await client.DisposeAsync();

        var (placing, watching) = (new Latencies(), new Latencies());
        people.ForEach(person => placing.Add(person.Latencies));
        viewers.ForEach(viewer => watching.Add(viewer.Latencies));
        run.Results.Add("W6/participants", _participants, "participants");
        run.Results.Add("W6/placing ratings", Measured.Of(placing, elapsed, people.Sum(p => p.Errors), 0, people.Select(p => p.FirstError).FirstOrDefault(e => e is not null)));
        run.Results.Add("W6/reading the tally", Measured.Of(watching, elapsed, viewers.Sum(v => v.Errors), 0, viewers.Select(v => v.FirstError).FirstOrDefault(e => e is not null)));
        run.Results.Add("W6/tallies that showed a figure", viewers.Sum(viewer => viewer.Seen.Count), "tallies");
        run.Results.Add("W6/age of the tally by what it lacks, at most", Staleness(people, viewers, before), "s");
        run.Results.Add("W6/age of the tally by its own account, at most", viewers.Max(viewer => viewer.Oldest).TotalSeconds, "s");
        run.Results.Add("W6/lost ratings", await LostAsync(people, ct), "ratings");
    }

    // Everybody has joined and said nothing yet. Returns how many ratings the assessment has before the start.
    private async Task<long> LoadParticipantsAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(run.Ours.App + ";Pooling=false");
        await connection.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Staged.RunAsync(connection, TenantWall.SetTenant(run.Ours.Tenant.TenantId), ct);
        var before = await Staged.AskAsync<long>(connection,
            "select coalesce(sum(cardinality(array_remove(levels, null))), 0)::bigint from pls.response where assessment_id = $1", ct, _assessment);
        var nothing = new short?[Workload.Items];
        await Staged.LoadAsync(connection, "response",
            ["tenant_id", "id", "assessment_id", "participant_key", "levels", "status", "version", "created_at", "updated_at"], Enumerable.Range(0, _participants),
            async (copy, participant) =>
            {
                await copy.WriteAsync(run.Ours.Tenant.TenantId, ct);
                await copy.WriteAsync(ResponseOf(participant), ct);
                await copy.WriteAsync(_assessment, ct);
                await copy.WriteAsync($"live-{Workload.ParticipantKey(participant)}", ct);
                await copy.WriteAsync(nothing, NpgsqlDbType.Array | NpgsqlDbType.Smallint, ct);
                await copy.WriteAsync("inProgress", ct);
                await copy.WriteAsync(1L, ct);
                await copy.WriteAsync(Workload.Fifth.OpenedAt, ct);
                await copy.WriteAsync(Workload.Fifth.OpenedAt, ct);
            }, ct);
        await transaction.CommitAsync(ct);
        return before;
    }

    private Guid ResponseOf(int participant) => Workload.Response(run.Workload.Districts - 1, Workload.Stored.Count, participant);

    // A tally lacks a rating that was acknowledged before it was asked for: it is as old as the first one that it lacks.
    private static double Staleness(List<Person> people, List<Viewer> viewers, long before)
    {
        var acknowledged = people.SelectMany(person => person.Placed.Select(rating => rating.At)).Order().ToList();
        var oldest = TimeSpan.Zero;
        foreach (var (at, total) in viewers.SelectMany(viewer => viewer.Seen))
        {
            var seen = (int)Math.Max(0, total - before);
            if (seen < acknowledged.Count && at > acknowledged[seen] && at - acknowledged[seen] > oldest)
                oldest = at - acknowledged[seen];
        }

        return oldest.TotalSeconds;
    }

    private async Task<long> LostAsync(List<Person> people, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(run.Ours.Admin);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("select id, levels from pls.response where tenant_id = $1 and assessment_id = $2", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = run.Ours.Tenant.TenantId });
        command.Parameters.Add(new NpgsqlParameter { Value = _assessment });
        var stored = new Dictionary<Guid, short?[]>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            stored.Add(reader.GetGuid(0), reader.GetFieldValue<short?[]>(1));
        return people.Sum(person => person.Placed.Count(rating => stored[ResponseOf(person.Number)][rating.Item] != rating.Level));
    }

    private async Task UntilAsync(double seconds, CancellationToken ct)
    {
        if (TimeSpan.FromSeconds(seconds) - _clock.Elapsed is { Ticks: > 0 } wait)
            await Task.Delay(wait, ct);
    }

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
