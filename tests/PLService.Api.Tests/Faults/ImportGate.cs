using System.Diagnostics;
using Npgsql;

namespace PLService.Api.Tests.Faults;

/// <summary>A place of an import's way where it can be held up.</summary>
/// <param name="Name">The event, as the triggers of <see cref="ImportGate"/> call it.</param>
/// <param name="Nth">Which of the events of that name.</param>
internal sealed record ImportPlace(string Name, int Nth)
{
    /// <summary>Twenty of them, in the order in which an import of <see cref="FaultFile"/> comes by: upload, reading, storing, ending.</summary>
    public static IReadOnlyList<ImportPlace> All { get; } =
    [
        new("import insert", 1),
        new("chunk insert", 1),
        new("chunk insert", 3),
        new("job insert", 1),
        new("upload commit", 1),
        new("job running", 1),
        new("import running", 1),
        new("chunk read", 1),
        new("chunk read", 2),
        new("chunk read", 3),
        new("assessment insert", 1),
        new("assessment insert", 6),
        new("response insert", 1),
        new("response insert", 500),
        new("response insert", 1_000),
        new("response insert", 1_500),
        new("response insert", 2_000),
        new("import completed", 1),
        new("import commit", 1),
        new("job succeeded", 1),
    ];

    public override string ToString() => $"{Name} {Nth}";
}

/// <summary>
/// Holds an import at a place that is told by its progress, however fast the machine is: triggers count events of that name, and the one
/// that is meant waits for a lock that this connection has. Whatever dies there dies in the middle of its work.
/// </summary>
internal sealed class ImportGate : IAsyncDisposable
{
    // A chunk is read when the row-level policy lets it be seen, triggers before a row run amid their statement, deferred ones within COMMIT.
    private const string Plant =
        """
        create schema faults;
        create table faults.gate (place text not null, nth bigint not null);
        create sequence faults.reached;
        create function faults.reach(place text) returns boolean language plpgsql volatile security definer set search_path = '' as $$
        begin
            if exists (select from faults.gate g where g.place = reach.place) then
                if nextval('faults.reached') = (select g.nth from faults.gate g) then
                    perform pg_advisory_lock_shared(1);
                    perform pg_advisory_unlock_shared(1);
                end if;
            end if;
            return true;
        end $$;
        create function faults.reach() returns trigger language plpgsql as $$ begin perform faults.reach(tg_argv[0]); return new; end $$;
        grant usage on schema faults to public;
        create trigger a after insert on pls.import for each row execute function faults.reach('import insert');
        create trigger b after insert on pls.import_payload for each row execute function faults.reach('chunk insert');
        create trigger c after insert on pls.job for each row execute function faults.reach('job insert');
        create constraint trigger d after insert on pls.import deferrable initially deferred for each row execute function faults.reach('upload commit');
        create trigger e after update on pls.job for each row when (old.status = 'queued' and new.status = 'running') execute function faults.reach('job running');
        create trigger f after update on pls.import for each row when (old.status = 'queued' and new.status = 'running') execute function faults.reach('import running');
        create policy g on pls.import_payload as restrictive for select using (faults.reach('chunk read'));
        create trigger h before insert on pls.assessment for each row execute function faults.reach('assessment insert');
        create trigger i before insert on pls.response for each row execute function faults.reach('response insert');
        create trigger j after update on pls.import for each row when (new.status = 'completed') execute function faults.reach('import completed');
        create constraint trigger k after update on pls.import deferrable initially deferred for each row when (new.status = 'completed')
            execute function faults.reach('import commit');
        create trigger l after update on pls.job for each row when (new.status = 'succeeded') execute function faults.reach('job succeeded');
        """;

    private readonly NpgsqlConnection _connection;
    private readonly ImportPlace _place;

    private ImportGate(NpgsqlConnection connection, ImportPlace place) => (_connection, _place) = (connection, place);

    public static Task PlantAsync(FaultDatabase database, CancellationToken ct) => database.RunAsync(Plant, ct);

    /// <summary>Shuts the gate at a place; until it is disposed or its PostgreSQL dies.</summary>
    public static async Task<ImportGate> ShutAsync(FaultDatabase database, ImportPlace place, CancellationToken ct)
    {
        await database.RunAsync($"select setval('faults.reached', 1, false); delete from faults.gate; insert into faults.gate values ('{place.Name}', {place.Nth})", ct);
        var connection = new NpgsqlConnection(database.Admin);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("select pg_advisory_lock(1)", connection);
        await command.ExecuteNonQueryAsync(ct);
        return new ImportGate(connection, place);
    }

    /// <summary>Waits until somebody stands before the gate.</summary>
    public async Task ReachedAsync(TimeSpan limit, CancellationToken ct)
    {
        const string Waiting = "select exists (select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database()))";
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(20, ct))
        {
            await using var command = new NpgsqlCommand(Waiting, _connection);
            if (await command.ExecuteScalarAsync(ct) is true)
                return;
            Assert.True(clock.Elapsed < limit, $"Nobody came to \"{_place}\" within {limit}.");
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
