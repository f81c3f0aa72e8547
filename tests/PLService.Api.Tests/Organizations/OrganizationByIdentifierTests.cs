using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Organizations;

public sealed class OrganizationByIdentifierTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task It_is_created_then_unchanged_then_updated()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var body = new { kind = "district", name = "Cedar", timeZone = "America/Denver" };

        var first = await PutAsync(client, "nces/0900030", body);
        var again = await PutAsync(client, "nces/0900030", body);
        var renamed = await PutAsync(client, "nces/0900030", new { kind = "district", name = "Cedar Valley" });

        var (one, two, three) = (await first.ExpectAsync(HttpStatusCode.Created), await again.ExpectAsync(HttpStatusCode.OK), await renamed.ExpectAsync(HttpStatusCode.OK));
        Assert.Equal(["created", "unchanged", "updated"], new[] { first, again, renamed }.Select(r => r.Headers.GetValues("PLService-Outcome").Single()));
        Assert.Equal($"/v1/organizations/{one.Id()}", first.Headers.Location!.ToString());
        Assert.Equal(one.ToJsonString(), two.ToJsonString());
        Assert.Equal((one.Id(), 2L, "America/Denver"), (three.Id(), (long)three["version"]!, (string?)three["timeZone"]));
        Assert.Equal(three.ToJsonString(), (await client.ReadAsync("/v1/organizations/by-id/nces/0900030")).ToJsonString());
        Assert.Equal(
            ["organization.created", "organization.changed"],
            await tenant.StoredAsync(db => db.AuditEvents.OrderBy(a => a.Id).Select(a => a.Action).ToListAsync()));
        await tenant.AssertTreeIsWholeAsync();
    }

    [Fact]
    public async Task The_parent_is_named_by_id_or_by_outside_id_and_left_out_it_stays()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var state = await (await PutAsync(client, "state/EX", new { kind = "state", name = "State" })).ExpectAsync(HttpStatusCode.Created);
        var region = await client.AddAsync("region", "North", state.Id());

        var made = await (await PutAsync(client, "nces/1", new { kind = "district", name = "C", parent = new { system = "state", value = "EX" } })).ExpectAsync(HttpStatusCode.Created);
        var stayed = await PutAsync(client, "nces/1", new { kind = "district", name = "C" });
        var moved = await PutAsync(client, "nces/1", new { kind = "district", name = "C", parent = new { id = region.Id() } });

        Assert.Equal(state.Id(), (Guid)made["parentId"]!);
        Assert.Equal("unchanged", stayed.Headers.GetValues("PLService-Outcome").Single());
        Assert.Equal("updated", moved.Headers.GetValues("PLService-Outcome").Single());
        Assert.Equal(region.Id(), (Guid)(await moved.ExpectAsync(HttpStatusCode.OK))["parentId"]!);
        await tenant.AssertTreeIsWholeAsync();
    }

    [Fact]
    public async Task If_Match_is_honoured_when_it_is_sent()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var body = new { kind = "district", name = "Cedar" };

        await (await PutAsync(client, "nces/1", body, "*")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.does_not_exist");
        await (await PutAsync(client, "nces/1", body)).ExpectAsync(HttpStatusCode.Created);
        await (await PutAsync(client, "nces/1", body, "\"1\"")).ExpectAsync(HttpStatusCode.OK);
        await (await PutAsync(client, "nces/1", body, "\"2\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await PutAsync(client, "nces/1", body, "nonsense")).ExpectFaultAsync("If-Match", "concurrency.bad_if_match");
    }

    [Fact]
    public async Task Each_rule_refuses_with_its_code()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var (north, south) = (await client.AddAsync("region", "North"), await client.AddAsync("region", "South"));
        await (await PutAsync(client, "nces/1", new { kind = "district", name = "C", parent = new { id = south.Id() } })).ExpectAsync(HttpStatusCode.Created);
        var within = tenant.Within(north.Id());
        var here = new { kind = "district", name = "C", parent = new { id = north.Id() } };

        await (await PutAsync(within, "nces/1", here)).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.identifier_taken");
        await (await PutAsync(within, "nces/2", new { kind = "district", name = "C" })).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.unknown_parent");
        await (await PutAsync(within, "nces/2", new { kind = "district", name = "C", parent = new { id = south.Id() } })).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.unknown_parent");
        await (await PutAsync(within, "nces/2", new { kind = "district", name = "C", parent = new { system = "state", value = "?" } })).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.unknown_parent");
        await (await PutAsync(client, "nces/1", new { kind = "district", name = "C", parent = new { system = "nces", value = "1" } })).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.cycle");
        await (await PutAsync(client, "NCES/1", new { kind = "district", name = "C" })).ExpectFaultAsync("{system}", "organization.bad_identifier_system");
        await (await PutAsync(client, $"nces/{new string('9', 81)}", new { kind = "district", name = "C" })).ExpectFaultAsync("{value}", "value.too_long");
        await (await PutAsync(client, "nces/3", new { kind = "district", name = "C", parent = new { id = north.Id(), system = "state", value = "EX" } })).ExpectFaultAsync("/parent", "organization.bad_parent_reference");
        await (await PutAsync(client, "nces/3", new { kind = "district", name = "" })).ExpectFaultAsync("/name", "value.required");
        await (await PutAsync(tenant.Only(Scopes.OrganizationsRead), "nces/3", here)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        Assert.Equal(3, await tenant.StoredAsync(db => db.Organizations.CountAsync()));
        await tenant.AssertTreeIsWholeAsync();
    }

    [Fact]
    public async Task Odd_values_are_found_again()
    {
        var client = (await api.NewTenantAsync()).Everything();
        foreach (var value in new[] { "00 12", "A/B", "50%", "ä?&#x", "a+b", "." + "x" })
        {
            var address = $"sis/{Uri.EscapeDataString(value)}";
            var made = await (await PutAsync(client, address, new { kind = "school", name = value })).ExpectAsync(HttpStatusCode.Created);

            Assert.Equal(value, (string?)made["identifiers"]![0]!["value"]);
            Assert.Equal(made.Id(), (await client.ReadAsync($"/v1/organizations/by-id/{address}")).Id());
        }
    }

    [Fact]
    public async Task What_is_out_of_reach_or_ended_is_not_found()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var (north, south) = (await client.AddAsync("region", "North"), await client.AddAsync("region", "South"));
        await (await PutAsync(client, "nces/1", new { kind = "district", name = "C", parent = new { id = south.Id() } })).ExpectAsync(HttpStatusCode.Created);

        foreach (var stranger in new[] { tenant.Within(north.Id()), (await api.NewTenantAsync()).Everything() })
            await (await stranger.SendJsonAsync(HttpMethod.Get, "/v1/organizations/by-id/nces/1")).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");

        await (await client.SendJsonAsync(HttpMethod.Get, "/v1/organizations/by-id/nces/2")).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
    }

    [Fact]
    public async Task Sent_many_times_at_once_it_makes_one_organization()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var state = await client.AddAsync("state", "State");

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => PutAsync(client, "nces/7", new { kind = "district", name = "Cedar", parent = new { id = state.Id() } })));

        Assert.Equal(1, answers.Count(a => a.StatusCode is HttpStatusCode.Created));
        Assert.Equal(15, answers.Count(a => a.StatusCode is HttpStatusCode.OK));
        JsonObject[] bodies = await Task.WhenAll(answers.Select(a => a.ExpectAsync(a.StatusCode)));
        Assert.Single(bodies.Select(b => b.ToJsonString()).Distinct());
        Assert.Equal(2, await tenant.StoredAsync(db => db.Organizations.CountAsync()));
        await tenant.AssertTreeIsWholeAsync();
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, string outsideId, object body, string? ifMatch = null) =>
        client.SendJsonAsync(HttpMethod.Put, $"/v1/organizations/by-id/{outsideId}", body, ifMatch);
}
