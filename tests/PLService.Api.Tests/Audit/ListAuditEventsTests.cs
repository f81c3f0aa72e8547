using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Access;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Organizations;

namespace PLService.Api.Tests.Audit;

public sealed class ListAuditEventsTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task It_tells_who_did_what_the_newest_first()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var made = await client.AddAsync("district", "Cedar");
        await client.SendJsonAsync(HttpMethod.Put, $"/v1/organizations/{made.Id()}", new { kind = "district", name = "Elm" }, "*");

        var events = Items(await client.ReadAsync("/v1/audit"));

        Assert.Equal(["organization.changed", "organization.created"], events.Select(e => (string?)e["action"]));
        var changed = events[0];
        Assert.True(ClientCredentials.TryReadId(tenant.Credentials.ClientId, out _, out var clientId));
        Assert.Equal(
            ("organization", made.Id(), made.Id(), clientId, "Elm"),
            ((string?)changed["resourceType"], (Guid)changed["resourceId"]!, (Guid)changed["organizationId"]!, (Guid)changed["apiClientId"]!, (string?)changed["detail"]!["name"]));
        Assert.Equal(32, ((string?)changed["traceId"])?.Length);
    }

    [Fact]
    public async Task Filters_narrow_it_together()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var (one, two) = (await client.AddAsync("district", "One"), await client.AddAsync("district", "Two"));
        await client.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{one.Id()}/close", new { closedOn = "2026-06-30" }, "*");
        var hourAgo = Uri.EscapeDataString(DateTimeOffset.UtcNow.AddHours(-1).ToString("O"));
        var inAnHour = Uri.EscapeDataString(DateTimeOffset.UtcNow.AddHours(1).ToString("O"));

        Assert.Equal(3, Items(await client.ReadAsync("/v1/audit?resourceType=organization")).Count);
        Assert.Empty(Items(await client.ReadAsync("/v1/audit?resourceType=apiClient")));
        Assert.Equal(2, Items(await client.ReadAsync($"/v1/audit?resourceId={one.Id()}")).Count);
        Assert.Single(Items(await client.ReadAsync($"/v1/audit?organizationId={two.Id()}")));
        Assert.Single(Items(await client.ReadAsync($"/v1/audit?organizationId={one.Id()}&action=organization.closed&from={hourAgo}&to={inAnHour}")));
        Assert.Empty(Items(await client.ReadAsync($"/v1/audit?to={hourAgo}")));
        Assert.Empty(Items(await client.ReadAsync($"/v1/audit?from={inAnHour}")));
        await (await client.SendJsonAsync(HttpMethod.Get, $"/v1/audit?from={inAnHour}&to={hourAgo}")).ExpectFaultAsync("?to", "value.out_of_range");
        await (await client.SendJsonAsync(HttpMethod.Get, "/v1/audit?cursor=abc")).ExpectFaultAsync("?cursor", "cursor.unknown");
        await (await client.SendJsonAsync(HttpMethod.Get, "/v1/audit?actor=x")).ExpectFaultAsync("?actor", "query.unknown_parameter");
    }

    [Fact]
    public async Task Every_event_is_on_exactly_one_page()
    {
        var client = (await api.NewTenantAsync()).Everything();
        for (var n = 0; n < 7; n++)
            await client.AddAsync("district", $"District {n}");

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await client.ReadAsync($"/v1/audit?limit=3&count=true{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.Equal(7, (long)page["count"]!);
            seen.AddRange(Items(page).Select(e => e.Id()));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);

        Assert.Equal(7, seen.Distinct().Count());
        Assert.Equal(7, seen.Count);
    }

    [Fact]
    public async Task A_subtree_sees_the_events_of_its_organizations_only()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var (north, _) = (await client.AddAsync("region", "North"), await client.AddAsync("region", "South"));
        var district = await client.AddAsync("district", "Cedar", north.Id());
        await client.SendJsonAsync(HttpMethod.Put, "/v1/tenant", new { name = "Renamed", minimumGroupSize = 5 }, "*");

        var seen = Items(await tenant.Within(north.Id()).ReadAsync("/v1/audit"));

        Assert.Equal([district.Id(), north.Id()], seen.Select(e => (Guid)e["resourceId"]!));
        Assert.Empty(Items(await (await api.NewTenantAsync()).Everything().ReadAsync("/v1/audit")));
        await (await tenant.Only(Scopes.OrganizationsRead).SendJsonAsync(HttpMethod.Get, "/v1/audit")).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
    }

    private static List<JsonObject> Items(JsonObject page) => [.. page["items"]!.AsArray().Select(e => e!.AsObject())];
}
