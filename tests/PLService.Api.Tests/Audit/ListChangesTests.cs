using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Organizations;

namespace PLService.Api.Tests.Audit;

public sealed class ListChangesTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_begins_with_the_oldest_change_and_goes_on_where_it_ended()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var made = new List<Guid>();
        for (var n = 0; n < 5; n++)
            made.Add((await client.AddAsync("district", $"District {n}")).Id());

        var (seen, cursor) = await ReadUntilAsync(client, null, 5, limit: 2);
        var nothing = await client.ReadAsync($"/v1/changes?after={cursor}");
        await client.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{made[0]}/close", new { closedOn = "2026-06-30" }, "*");
        var (later, _) = await ReadUntilAsync(client, (string?)nothing["nextCursor"], 1);

        Assert.Equal(made, seen.Select(c => (Guid)c["resourceId"]!));
        Assert.All(seen, c => Assert.Equal(("organization.created", "organization"), ((string?)c["action"], (string?)c["resourceType"])));
        Assert.Empty(nothing["items"]!.AsArray());
        Assert.NotNull(nothing["nextCursor"]);
        Assert.False((bool)nothing["hasMore"]!);
        Assert.Equal("organization.closed", (string?)Assert.Single(later)["action"]);
        var behindThird = await client.ReadAsync($"/v1/changes?after={seen[2]["cursor"]}&limit=1");
        Assert.Equal((made[3], true), ((Guid)behindThird["items"]![0]!["resourceId"]!, (bool)behindThird["hasMore"]!));
    }

    [Fact]
    public async Task A_deletion_comes_with_the_outside_ids_of_what_is_gone()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var state = await client.AddAsync("state", "State");
        var made = await client.CreateAsync("/v1/organizations", new { kind = "school", name = "Elm", parentId = state.Id(), identifiers = new[] { new { system = "nces", value = "007" } } });
        await client.SendJsonAsync(HttpMethod.Delete, $"/v1/organizations/{made.Id()}", null, "*");

        // Who reaches the parent alone learns it too; who created it is out of reach with it.
        var (seen, _) = await ReadUntilAsync(tenant.Within(state.Id()), null, 2);

        Assert.Equal(["organization.created", "organization.deleted"], seen.Select(c => (string?)c["action"]));
        Assert.Equal((made.Id(), state.Id(), "nces", "007"),
            ((Guid)seen[1]["resourceId"]!, (Guid)seen[1]["organizationId"]!, (string?)seen[1]["identifiers"]![0]!["system"], (string?)seen[1]["identifiers"]![0]!["value"]));
        Assert.Empty(seen[0]["identifiers"]!.AsArray());
    }

    [Fact]
    public async Task What_is_committed_late_is_not_missed()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await using var connection = new NpgsqlConnection(api.Database.App);
        await connection.OpenAsync(Ct);
        await using var slow = await connection.BeginTransactionAsync(Ct);
        var early = Guid.CreateVersion7();
        await using (var insert = new NpgsqlCommand(
            $"""
             set local app.tenant_id = '{tenant.Id}';
             insert into pls.audit_event (tenant_id, id, at, action, resource_type, resource_id) values ('{tenant.Id}', '{early}', now(), 'organization.changed', 'organization', '{early}')
             """,
            connection))
            await insert.ExecuteNonQueryAsync(Ct);

        // Begun later and committed earlier: it must wait for the slow one.
        var quick = await client.AddAsync("district", "Quick");
        var before = await client.ReadAsync("/v1/changes");
        await slow.CommitAsync(Ct);
        var (after, _) = await ReadUntilAsync(client, (string?)before["nextCursor"], 2);

        Assert.Empty(before["items"]!.AsArray());
        Assert.Equal([early, quick.Id()], after.Select(c => (Guid)c["resourceId"]!));
    }

    [Fact]
    public async Task A_reader_that_follows_many_writers_sees_every_change_once()
    {
        var client = (await api.NewTenantAsync()).Everything();
        using var done = new CancellationTokenSource();
        var seen = new List<Guid>();
        var reader = Task.Run(
            async () =>
            {
                string? cursor = null;
                for (var rounds = 0; seen.Count < 60 && rounds < 2000; rounds++)
                {
                    var page = await client.ReadAsync($"/v1/changes?limit=7{(cursor is null ? "" : $"&after={cursor}")}");
                    seen.AddRange(page["items"]!.AsArray().Select(c => (Guid)c!["resourceId"]!));
                    cursor = (string?)page["nextCursor"];
                    await Task.Delay(5, Ct);
                }
            },
            Ct);

        var made = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => client.AddAsync("district", $"District {n}")));
        await reader;

        Assert.Equal(made.Select(o => o.Id()).Order(), seen.Order());
    }

    [Fact]
    public async Task A_subtree_follows_its_own_and_learns_what_left_it()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var (north, south) = (await client.AddAsync("region", "North"), await client.AddAsync("region", "South"));
        var district = await client.AddAsync("district", "Cedar", north.Id());
        await (await client.MoveAsync(district, south.Id())).ExpectAsync(HttpStatusCode.OK);
        await ReadUntilAsync(client, null, 5);

        var northern = await tenant.Within(north.Id()).ReadAsync("/v1/changes");
        var southern = await tenant.Within(south.Id()).ReadAsync("/v1/changes");

        Assert.Equal(["organization.created", "organization.movedAway"], Actions(northern));
        Assert.Equal(district.Id(), (Guid)northern["items"]![1]!["resourceId"]!);
        Assert.Equal(["organization.created", "organization.created", "organization.moved"], Actions(southern));
        Assert.Empty(Actions(await (await api.NewTenantAsync()).Everything().ReadAsync("/v1/changes")));
    }

    [Fact]
    public async Task Bad_questions_and_missing_scopes_are_refused()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();

        await (await client.SendJsonAsync(HttpMethod.Get, "/v1/changes?after=abc")).ExpectFaultAsync("?after", "cursor.unknown");
        await (await client.SendJsonAsync(HttpMethod.Get, "/v1/changes?limit=501")).ExpectFaultAsync("?limit", "value.out_of_range");
        await (await client.SendJsonAsync(HttpMethod.Get, "/v1/changes?since=x")).ExpectFaultAsync("?since", "query.unknown_parameter");
        await (await tenant.Only(Scopes.AuditRead).SendJsonAsync(HttpMethod.Get, "/v1/changes")).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
    }

    private static IEnumerable<string?> Actions(JsonObject page) => page["items"]!.AsArray().Select(c => (string?)c!["action"]);

    /// <summary>Follows the feed until so many changes came. Other tests' transactions on the same server may hold them up for a while.</summary>
    private static async Task<(List<JsonObject> Seen, string Cursor)> ReadUntilAsync(HttpClient client, string? cursor, int count, int limit = 50)
    {
        var seen = new List<JsonObject>();
        for (var rounds = 0; seen.Count < count && rounds < 600; rounds++)
        {
            var page = await client.ReadAsync($"/v1/changes?limit={limit}{(cursor is null ? "" : $"&after={cursor}")}");
            seen.AddRange(page["items"]!.AsArray().Select(c => c!.AsObject()));
            cursor = (string?)page["nextCursor"];
            if (!(bool)page["hasMore"]! && seen.Count < count)
                await Task.Delay(50, Ct);
        }

        return (seen, cursor!);
    }
}
