using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Organizations;

public sealed class CreateOrganizationTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_district_below_a_state_is_created_with_its_outside_ids()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var state = await client.CreateAsync("/v1/organizations", new { kind = "state", name = "Example State" });

        var district = await client.CreateAsync("/v1/organizations", new
        {
            kind = "district",
            name = "Cedar",
            parentId = state.Id(),
            identifiers = new[] { new { system = "nces", value = "0900030" } },
        });

        Assert.Equal("0900030", (string?)district["identifiers"]![0]!["value"]);
        var closure = await tenant.StoredAsync(db => db.OrganizationClosure.Where(c => c.DescendantId == district.Id()).OrderBy(c => c.Depth).ToListAsync());
        Assert.Equal([district.Id(), state.Id()], closure.Select(c => c.AncestorId));
        var audit = await tenant.StoredAsync(db => db.AuditEvents.SingleAsync(a => a.ResourceId == district.Id()));
        Assert.Equal("organization.created", audit.Action);
        Assert.Equal(district.ToJsonString(), (await client.ReadAsync($"/v1/organizations/{district.Id()}")).ToJsonString());
    }

    [Fact]
    public async Task A_parent_of_another_tenant_does_not_exist()
    {
        var other = await (await api.NewTenantAsync()).Everything().CreateAsync("/v1/organizations", new { kind = "state", name = "Other" });
        var client = (await api.NewTenantAsync()).Everything();

        var response = await client.SendJsonAsync(HttpMethod.Post, "/v1/organizations", new { kind = "district", name = "Cedar", parentId = other.Id() });

        await response.ExpectProblemAsync(HttpStatusCode.Conflict, "organization.unknown_parent");
    }

    [Fact]
    public async Task An_outside_id_that_is_taken_is_refused_and_nothing_is_stored()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var body = new { kind = "district", name = "Cedar", identifiers = new[] { new { system = "nces", value = "9900030" } } };
        await client.CreateAsync("/v1/organizations", body);

        var response = await client.SendJsonAsync(HttpMethod.Post, "/v1/organizations", body);

        await response.ExpectProblemAsync(HttpStatusCode.Conflict, "organization.identifier_taken");
        Assert.Equal(1, await tenant.StoredAsync(db => db.Organizations.CountAsync()));
    }

    [Theory]
    [InlineData("""{"kind":"district"}""", "request.malformed_json")]
    [InlineData("""{"kind":"planet","name":"x"}""", "request.malformed_json")]
    [InlineData("""{"kind":"district","name":"x","nmae":"y"}""", "request.malformed_json")]
    [InlineData("""{"kind":"district","name":null}""", "request.malformed_json")]
    [InlineData("""{"kind":""", "request.malformed_json")]
    public async Task A_body_that_does_not_fit_the_contract_is_refused(string body, string code)
    {
        var client = (await api.NewTenantAsync()).Everything();

        var response = await client.SendJsonAsync(HttpMethod.Post, "/v1/organizations", body);

        await response.ExpectProblemAsync(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Every_broken_rule_is_named_with_its_place()
    {
        var client = (await api.NewTenantAsync()).Everything();

        var response = await client.SendJsonAsync(HttpMethod.Post, "/v1/organizations", new
        {
            kind = "district",
            name = new string('x', 201),
            timeZone = "Mars/Olympus",
            identifiers = new[] { new { system = "NCES!", value = "" } },
        });

        var problem = await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Equal(
            ["/identifiers/0/system organization.bad_identifier_system", "/identifiers/0/value value.required", "/name value.too_long", "/timeZone organization.unknown_time_zone"],
            problem["errors"]!.AsArray().Select(e => $"{e!["pointer"]} {e["code"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_the_scope_it_is_forbidden()
    {
        var client = (await api.NewTenantAsync()).Only(Scopes.OrganizationsRead);

        var response = await client.SendJsonAsync(HttpMethod.Post, "/v1/organizations", new { kind = "state", name = "x" });

        await response.ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
    }

    [Fact]
    public async Task Without_a_token_it_is_unauthorized()
    {
        var response = await api.Anonymous().SendJsonAsync(HttpMethod.Post, "/v1/organizations", new { kind = "state", name = "x" });

        await response.ExpectProblemAsync(HttpStatusCode.Unauthorized, "auth.unauthenticated");
    }

    [Fact]
    public async Task The_same_request_under_one_key_has_one_effect_and_one_answer()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var body = new { kind = "state", name = "Once" };

        var first = await client.SendJsonAsync(HttpMethod.Post, "/v1/organizations", body, idempotencyKey: "k1");
        var again = await client.SendJsonAsync(HttpMethod.Post, "/v1/organizations", body, idempotencyKey: "k1");
        var other = await client.SendJsonAsync(HttpMethod.Post, "/v1/organizations", new { kind = "state", name = "Twice" }, idempotencyKey: "k1");

        JsonObject one = await first.ExpectAsync(HttpStatusCode.Created), two = await again.ExpectAsync(HttpStatusCode.Created);
        Assert.Equal(one.ToJsonString(), two.ToJsonString());
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        await other.ExpectProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency.key_reused");
        Assert.Equal(1, await tenant.StoredAsync(db => db.Organizations.CountAsync()));
    }
}
