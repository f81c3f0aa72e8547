using Npgsql;
using PLService.Bench.Bare;
using PLService.LocalPostgres;

namespace PLService.Bench.Data;

/// <summary>
/// The same workload in the schema that one would write first: a row per rating, with foreign keys and the usual indexes, no tenants.
/// Rows come before keys and indexes, which says nothing about imports and saves minutes.
/// </summary>
internal sealed class BareData(Workload workload, IReadOnlyList<(string Section, string Code)> items)
{
    /// <summary>Makes and fills the database; gives its connection string.</summary>
    public static async Task<string> CreateAsync(
        PostgresServer server, string name, Workload workload, IReadOnlyList<(string Section, string Code)> items, CancellationToken ct)
    {
        var target = new NpgsqlConnectionStringBuilder(server.AdminConnectionString) { Database = name, Pooling = false };
        var connectionString = target.ConnectionString;
        await using (var admin = new NpgsqlConnection(server.AdminConnectionString + ";Pooling=false"))
        {
            await admin.OpenAsync(ct);
            await Staged.RunAsync(admin, $"create database {name}", ct);
        }

        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await Staged.RunAsync(connection, BareSchema.Tables, ct);
        await new BareData(workload, items).LoadAsync(connection, ct);
        await Staged.RunAsync(connection, BareSchema.Keys, ct);
        await Staged.RunAsync(connection, "vacuum analyze", ct);
        return connectionString;
    }

    private async Task LoadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var districts = Enumerable.Range(0, workload.Districts);
        await CopyAsync(connection, "instrument (id, code)", [new object[] { 1, "plsr" }], ct);
        await CopyAsync(connection, "item (id, instrument_id, section, code)",
            items.Select((item, i) => new object[] { i + 1, 1, item.Section, item.Code }), ct);
        await CopyAsync(connection, "level (id, code, score)",
            [[(short)0, "green", 2], [(short)1, "yellow", 1], [(short)2, "red", 0], new object?[] { (short)3, "dont-know", null }], ct);
        await CopyAsync(connection, "organization (id, parent_id, kind, name, nces_id)",
            [
                [Workload.State, null, "state", "Bench State", null],
                .. Enumerable.Range(0, workload.Regions).Select(r => new object?[] { Workload.Region(r), Workload.State, "region", $"Region {r:D2}", null }),
                .. districts.Select(d => new object?[]
                {
                    Workload.District(d), Workload.Region(workload.RegionOf(d)), "district", $"District {d:D4}", Workload.NcesId(d),
                }),
            ], ct);
        await CopyAsync(connection, "assessment (id, organization_id, instrument_id, external_id, title, round, status, opened_at, closed_at)",
            [
                .. Enumerable.Range(0, Workload.Stored.Count).SelectMany(round => districts.Select(d => Assessment(d, round, "closed"))),
                .. districts.Select(d => Assessment(d, Workload.Stored.Count, "open")),
                .. Enumerable.Range(0, workload.Drafts).Select(d => Assessment(d, Workload.Stored.Count + 1, "draft")),
            ], ct);
        await CopyAsync(connection, "response (id, assessment_id, participant_key, submitted_at)",
            from round in Enumerable.Range(0, Workload.Stored.Count)
            from district in districts
            from participant in Enumerable.Range(0, workload.Participants)
            select new object[]
            {
                Workload.Response(district, round, participant), Workload.Assessment(district, round), Workload.ParticipantKey(participant),
                Workload.Stored[round].ClosedAt,
            }, ct);
        await LoadRatingsAsync(connection, ct);
    }

    private static object?[] Assessment(int district, int round, string status)
    {
        var label = round < Workload.Stored.Count ? Workload.Stored[round] : Workload.Fifth;
        return
        [
            Workload.Assessment(district, round), Workload.District(district), 1,
            Workload.ExternalId(Workload.NcesId(district), status == "draft" ? "draft" : label.Label),
            $"Readiness {label.Label}", label.Label, status,
            status == "draft" ? null : label.OpenedAt, status == "closed" ? label.ClosedAt : null,
        ];
    }

    // Millions of rows: written typed, not boxed.
    private async Task LoadRatingsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var levels = new short[Workload.Items];
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy rating (response_id, item_id, level_id, rated_at) from stdin (format binary)", ct);
        for (var round = 0; round < Workload.Stored.Count; round++)
        {
            for (var district = 0; district < workload.Districts; district++)
            {
                for (var participant = 0; participant < workload.Participants; participant++)
                {
                    workload.Answer(district, round, participant, levels);
                    var response = Workload.Response(district, round, participant);
                    for (var item = 0; item < levels.Length; item++)
                    {
                        await copy.StartRowAsync(ct);
                        await copy.WriteAsync(response, ct);
                        await copy.WriteAsync(item + 1, ct);
                        await copy.WriteAsync(levels[item], ct);
                        await copy.WriteAsync(Workload.Stored[round].OpenedAt, ct);
                    }
                }
            }
        }

        await copy.CompleteAsync(ct);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string target, IEnumerable<object?[]> rows, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"copy {target} from stdin (format binary)", ct);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            foreach (var value in row)
                await (value is null ? copy.WriteNullAsync(ct) : copy.WriteAsync(value, ct));
        }

        await copy.CompleteAsync(ct);
    }
}
