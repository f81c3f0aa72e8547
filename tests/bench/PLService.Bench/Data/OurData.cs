using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Commands;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Rollups;
using PLService.LocalPostgres;

namespace PLService.Bench.Data;

/// <summary>A database of ours with the workload in it.</summary>
/// <param name="App">As the service connects.</param>
/// <param name="Admin">As the server's admin connects, whom row-level security does not hold: for limits and checks.</param>
/// <param name="Tenant">The tenant and a client that may do everything in it.</param>
/// <param name="InstrumentVersionId">The version of plsr.</param>
/// <param name="Layout">How it packs responses.</param>
internal sealed record OurDatabase(string App, string Admin, Bootstrap.Credentials Tenant, Guid InstrumentVersionId, InstrumentLayout Layout);

/// <summary>Fills a database of ours as the runtime role, within the tenant: row-level security holds for the generator too.</summary>
internal sealed class OurData(Workload workload, OurDatabase database)
{
    private const string Instrument = "plsr";
    private const string LevelCodes = "green,yellow,red,dont-know";
    private const int MinimumGroupSize = 5;
    private static readonly DateTimeOffset Made = new(2023, 8, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Makes the database, migrates it, makes the tenant, loads the workload.</summary>
    public static async Task<OurDatabase> CreateAsync(PostgresServer server, string name, Workload workload, CancellationToken ct)
    {
        var databases = new LocalDatabases(server.AdminConnectionString);
        await databases.EnsureRolesAsync(ct);
        await databases.CreateAsync(name, ct: ct);
        var owner = databases.OwnerConnectionString(name) + ";Pooling=false";
        await Migrate.RunAsync(owner, ct);
        var tenant = await Bootstrap.RunAsync(owner, "bench", "Bench State", "bench", ct);
        var admin = new NpgsqlConnectionStringBuilder(server.AdminConnectionString) { Database = name, Pooling = false }.ConnectionString;

        await using var connection = new NpgsqlConnection(admin);
        await connection.OpenAsync(ct);
        const string published =
            "from pls.instrument_version v join pls.instrument i on i.tenant_id = v.tenant_id and i.id = v.instrument_id where i.code = $1";
        var version = await Staged.AskAsync<Guid>(connection, $"select v.id {published}", ct, Instrument);
        var document = await Staged.AskAsync<string>(connection, $"select v.document::text {published}", ct, Instrument);
        var layout = InstrumentLayout.Of(InstrumentJson.Read(document));
        if (layout.Elements.Count != Workload.Items
            || layout.Elements.Any(e => string.Join(',', e.Scale.Levels.Select(level => level.Code)) != LevelCodes))
            throw new BenchException($"The workload is made for {Workload.Items} items with the levels {LevelCodes}; {Instrument} is not so.");

        var database = new OurDatabase(databases.AppConnectionString(name), admin, tenant, version, layout);
        await new OurData(workload, database).LoadAsync(ct);
        await Staged.RunAsync(connection, "vacuum analyze", ct);
        return database;
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(database.App + ";Pooling=false");
        await connection.OpenAsync(ct);
        await InTenantAsync(connection, () => new OurOrganizations(workload, database.Tenant.TenantId, Made).LoadAsync(connection, ct), ct);
        for (var number = 0; number < Workload.Stored.Count; number++)
        {
            var round = number;
            await InTenantAsync(connection, () => LoadRoundAsync(connection, round, ct), ct);
            await AddToRollupsAsync(round, ct);
        }

        await InTenantAsync(connection, async () =>
        {
            await LoadAssessmentsAsync(connection, Workload.Stored.Count, "open", Enumerable.Range(0, workload.Districts), ct);
            await LoadAssessmentsAsync(connection, Workload.Stored.Count + 1, "draft", Enumerable.Range(0, workload.Drafts), ct);
        }, ct);
    }

    private async Task InTenantAsync(NpgsqlConnection connection, Func<Task> work, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Staged.RunAsync(connection, TenantWall.SetTenant(database.Tenant.TenantId), ct);
        await work();
        await transaction.CommitAsync(ct);
    }

    private async Task LoadRoundAsync(NpgsqlConnection connection, int round, CancellationToken ct)
    {
        await LoadAssessmentsAsync(connection, round, "closed", Enumerable.Range(0, workload.Districts), ct);
        var tenant = database.Tenant.TenantId;
        var closed = Workload.Stored[round].ClosedAt;
        var tallies = Enumerable.Range(0, workload.Districts).Select(_ => new int[database.Layout.CountsLength]).ToArray();
        await Staged.LoadAsync(
            connection,
            "response",
            [
                "tenant_id", "id", "assessment_id", "participant_key", "levels", "status", "rated_at", "submitted_at", "version", "created_at",
                "updated_at",
            ],
            from district in Enumerable.Range(0, workload.Districts)
            from participant in Enumerable.Range(0, workload.Participants)
            select (district, participant),
            async (copy, row) =>
            {
                var levels = new short[Workload.Items];
                workload.Answer(row.district, round, row.participant, levels);
                LevelCounts.AddResponse(tallies[row.district], database.Layout, levels.AsSpan());
                await copy.WriteAsync(tenant, ct);
                await copy.WriteAsync(Workload.Response(row.district, round, row.participant), ct);
                await copy.WriteAsync(Workload.Assessment(row.district, round), ct);
                await copy.WriteAsync(Workload.ParticipantKey(row.participant), ct);
                await copy.WriteAsync(levels, NpgsqlDbType.Array | NpgsqlDbType.Smallint, ct);
                await copy.WriteAsync("submitted", ct);
                await copy.WriteAsync(closed, ct);
                await copy.WriteAsync(closed, ct);
                await copy.WriteAsync(1L, ct);
                await copy.WriteAsync(closed, ct);
                await copy.WriteAsync(closed, ct);
            },
            ct);
        await LoadResultsAsync(connection, round, tallies, ct);
    }

    private Task<ulong> LoadAssessmentsAsync(
        NpgsqlConnection connection, int round, string status, IEnumerable<int> districts, CancellationToken ct)
    {
        var label = round < Workload.Stored.Count ? Workload.Stored[round] : Workload.Fifth;
        var closed = status == "closed";
        return Staged.LoadAsync(
            connection,
            "assessment",
            [
                "tenant_id", "id", "organization_id", "instrument_tenant_id", "instrument_version_id", "external_id", "title", "round",
                "mode", "roles", "status", "opened_at", "closed_at", "result_revision", "version", "created_at", "updated_at",
            ],
            districts,
            async (copy, district) =>
            {
                await copy.WriteAsync(database.Tenant.TenantId, ct);
                await copy.WriteAsync(Workload.Assessment(district, round), ct);
                await copy.WriteAsync(Workload.District(district), ct);
                await copy.WriteAsync(Guid.Empty, ct);
                await copy.WriteAsync(database.InstrumentVersionId, ct);
                await copy.WriteAsync(Workload.ExternalId(Workload.NcesId(district), status == "draft" ? "draft" : label.Label), ct);
                await copy.WriteAsync($"Readiness {label.Label}", ct);
                await copy.WriteAsync(label.Label, ct);
                await copy.WriteAsync("confidential", ct);
                await copy.WriteAsync(Array.Empty<string>(), ct);
                await copy.WriteAsync(status, ct);
                await (status == "draft" ? copy.WriteNullAsync(ct) : copy.WriteAsync(label.OpenedAt, ct));
                await (closed ? copy.WriteAsync(label.ClosedAt, ct) : copy.WriteNullAsync(ct));
                await copy.WriteAsync(closed ? 1 : 0, ct);
                await copy.WriteAsync(1L, ct);
                await copy.WriteAsync(label.OpenedAt, ct);
                await copy.WriteAsync(label.OpenedAt, ct);
            },
            ct);
    }

    // What closing stores: the frozen result and the counts that roll-ups are made of, by the service's own code.
    private async Task LoadResultsAsync(NpgsqlConnection connection, int round, int[][] tallies, CancellationToken ct)
    {
        var tenant = database.Tenant.TenantId;
        await Staged.LoadAsync(connection, "assessment_counts", ["tenant_id", "assessment_id", "role", "responses", "counts"],
            Enumerable.Range(0, tallies.Length),
            async (copy, district) =>
            {
                await copy.WriteAsync(tenant, ct);
                await copy.WriteAsync(Workload.Assessment(district, round), ct);
                await copy.WriteAsync("", ct);
                await copy.WriteAsync(workload.Participants, ct);
                await copy.WriteAsync(tallies[district], NpgsqlDbType.Array | NpgsqlDbType.Integer, ct);
            }, ct);
        await Staged.LoadAsync(connection, "assessment_result",
            ["tenant_id", "assessment_id", "revision", "frozen_at", "sha256", "document"], Enumerable.Range(0, tallies.Length),
            async (copy, district) =>
            {
                var whole = new GroupTally(tallies[district], workload.Participants, workload.Participants);
                var result = AssessmentResults.Compute(database.Layout, whole, new Dictionary<string, GroupTally>(), MinimumGroupSize)
                    with
                { Submitted = workload.Participants };
                await copy.WriteAsync(tenant, ct);
                await copy.WriteAsync(Workload.Assessment(district, round), ct);
                await copy.WriteAsync(1, ct);
                await copy.WriteAsync(Workload.Stored[round].ClosedAt, ct);
                await copy.WriteAsync(Convert.FromHexString(result.Hash()), ct);
                await copy.WriteAsync(result.ToCanonicalJson(), NpgsqlDbType.Jsonb, ct);
            }, ct);
    }

    private async Task AddToRollupsAsync(int round, CancellationToken ct)
    {
        var caller = new Caller();
        caller.Become(CallerIdentity.Service(database.Tenant.TenantId));
        var unpooled = database.App + ";Pooling=false;Command Timeout=0";
        await using var db = PersistenceServices.OwnerContext(unpooled, caller, TimeProvider.System);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var closed = Enumerable.Range(0, workload.Districts).Select(district => Workload.Assessment(district, round)).ToList();
        await new RollupStore(db).AddAsync(closed, ct);
        await transaction.CommitAsync(ct);
    }
}
