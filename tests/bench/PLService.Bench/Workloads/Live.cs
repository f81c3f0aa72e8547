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
internal sealed partial class Live(Run run, OurServer ours, Contract contract)
{
    public const string AgeByLack = "W6/age of the tally by what it lacks, at most";
    public const string AgeByAccount = "W6/age of the tally by its own account, at most";
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

        run.Results.Add("W6/participants", _participants, "participants");
        run.Results.Add("W6/placing ratings", Sum(people, elapsed));
        run.Results.Add("W6/reading the tally", Sum(viewers, elapsed));
        run.Results.Add("W6/tallies that showed a figure", viewers.Sum(viewer => viewer.Seen.Count), "tallies");
        run.Results.Add(AgeByLack, Staleness(people, viewers, before), "s");
        run.Results.Add(AgeByAccount, viewers.Max(viewer => viewer.Oldest).TotalSeconds, "s");
        run.Results.Add("W6/lost ratings", await LostAsync(people, ct), "ratings");
    }

    private static Measured Sum(IReadOnlyCollection<Client> clients, TimeSpan elapsed)
    {
        var latencies = new Latencies();
        foreach (var client in clients)
            latencies.Add(client.Latencies);
        return Measured.Of(
            latencies, elapsed, clients.Sum(client => client.Errors),
            firstError: clients.Select(client => client.FirstError).FirstOrDefault(e => e is not null));
    }

    // Everybody has joined and said nothing yet. Returns how many ratings the assessment has before the start.
    private async Task<long> LoadParticipantsAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(run.Ours.App + ";Pooling=false");
        await connection.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Staged.RunAsync(connection, TenantWall.SetTenant(run.Ours.Tenant.TenantId), ct);
        var before = await Staged.AskAsync<long>(connection,
            "select coalesce(sum(cardinality(array_remove(levels, null))), 0)::bigint from pls.response where assessment_id = $1",
            ct, _assessment);
        var nothing = new short?[Workload.Items];
        await Staged.LoadAsync(connection, "response",
            ["tenant_id", "id", "assessment_id", "participant_key", "levels", "status", "version", "created_at", "updated_at"],
            Enumerable.Range(0, _participants),
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
}
