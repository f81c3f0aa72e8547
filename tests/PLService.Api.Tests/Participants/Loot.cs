using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using PLService.Api.Tests.Database;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Participants;

/// <summary>One row as the service's own role sees it, system columns included.</summary>
internal sealed record LootedRow(string Table, (int Page, int Item) Place, long Transaction, string Text, JsonObject Columns)
{
    public Guid Id => (Guid)Columns["id"]!;

    public string? Value(string column) => Columns[column]?.ToString();
}

/// <summary>All that somebody can hold who has the tenant's database, export, audit trail and change feed.</summary>
internal sealed record Loot(IReadOnlyList<LootedRow> Rows, IReadOnlyList<JsonNode> Audit, IReadOnlyList<JsonNode> Changes, IReadOnlyList<JsonNode> Export)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public IReadOnlyList<LootedRow> Responses => [.. Rows.Where(row => row.Table == "pls.response")];

    public IReadOnlyList<LootedRow> Participations => [.. Rows.Where(row => row.Table == "pls.participation")];

    public static async Task<Loot> TakeAsync(ApiServer api, TestAssessment assessment)
    {
        var rows = await DumpAsync(api, assessment.Tenant.Id);
        var audit = await assessment.Client.ReadAsync("/v1/audit?limit=500");
        var changes = await assessment.Client.ReadAsync("/v1/changes?limit=500");
        using var export = await assessment.Client.GetAsync(assessment.Address + "/responses?limit=500", Ct);
        var exported = export.StatusCode == HttpStatusCode.OK ? (await export.ExpectAsync(HttpStatusCode.OK))["items"]!.AsArray() : [];
        return new(rows, [.. audit["items"]!.AsArray().Reverse().OfType<JsonNode>()], [.. changes["items"]!.AsArray().OfType<JsonNode>()], [.. exported.OfType<JsonNode>()]);
    }

    // In the order in which the rows lie.
    private static async Task<List<LootedRow>> DumpAsync(ApiServer api, Guid tenantId)
    {
        await using var connection = await DatabaseClone.OpenAsync(api.Database.App);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using (var tenant = new NpgsqlCommand($"set local app.tenant_id = '{tenantId}'", connection))
            await tenant.ExecuteNonQueryAsync(Ct);
        var rows = new List<LootedRow>();
        foreach (var table in await RlsGate.TablesAsync(connection, Ct))
        {
            await using var command = new NpgsqlCommand($"select ctid::text, xmin::text, to_jsonb(t)::text from {table} t", connection);
            await using var reader = await command.ExecuteReaderAsync(Ct);
            while (await reader.ReadAsync(Ct))
            {
                var place = reader.GetString(0).Trim('(', ')').Split(',').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
                rows.Add(new(table, (place[0], place[1]), long.Parse(reader.GetString(1), CultureInfo.InvariantCulture), reader.GetString(2), JsonNode.Parse(reader.GetString(2))!.AsObject()));
            }
        }

        return rows;
    }
}
