using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.People;

public sealed class CreatePersonTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task What_is_given_is_stored_and_answered_and_the_trail_names_nobody()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();

        var response = await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/people", new
        {
            name = "Zoë Ångström",
            email = "Zoe.Angstrom@Example.org",
            organizationId = north,
            position = "Principal",
            employeeGroup = "siteAdministrator",
            language = "zh-Hant",
            timeZone = "America/Los_Angeles",
            identifiers = new[] { new { system = "hr", value = "0007" }, new { system = "state", value = "A/7" } },
        });

        var made = await response.ExpectAsync(HttpStatusCode.Created);
        Assert.Equal(($"/v1/people/{made.Id()}", "\"1\""), (response.Headers.Location?.ToString(), response.Headers.ETag?.Tag));
        Assert.Equal(["hr 0007", "state A/7"], made["identifiers"]!.AsArray().Select(i => $"{i!["system"]} {i["value"]}"));
        Assert.Empty(made["memberships"]!.AsArray());
        var stored = await tenant.StoredAsync(db => db.People.SingleAsync());
        Assert.Equal(
            new PersonDetails("Zoë Ångström", "Zoe.Angstrom@Example.org", north, "Principal", EmployeeGroup.SiteAdministrator, "zh-Hant", "America/Los_Angeles"), stored.Details());
        Assert.Equal(("Zoe.Angstrom@Example.org", PersonStatus.Active), ((string?)made["email"], stored.Status));
        var trail = await tenant.StoredAsync(db => db.AuditEvents.SingleAsync(e => e.Action == "person.created"));
        Assert.Equal((north, made.Id(), null), (trail.OrganizationId, trail.ResourceId, trail.Detail));
        Assert.Equal(made.ToJsonString(), (await tenant.Everything().ReadAsync($"/v1/people/{made.Id()}")).ToJsonString());
    }

    [Fact]
    public async Task A_name_is_enough_for_who_reaches_all()
    {
        var tenant = await api.NewTenantAsync();

        var made = await tenant.Everything().AddPersonAsync("Ada");

        Assert.Equal(("en", "active", null, null), ((string?)made["language"], (string?)made["status"], (string?)made["email"], (string?)made["organizationId"]));
    }

    [Fact]
    public async Task A_subtree_says_whose_person_it_is_and_only_its_own()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Within(north);

        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/people", new { name = "A" })).ExpectProblemAsync(HttpStatusCode.Conflict, "person.organization_required");
        foreach (var organizationId in new[] { south, Guid.CreateVersion7() })
            await (await client.SendJsonAsync(HttpMethod.Post, "/v1/people", new { name = "A", organizationId })).ExpectProblemAsync(HttpStatusCode.Conflict, "person.unknown_organization");
        await client.AddPersonAsync("A", north);

        Assert.Equal(north, await tenant.StoredAsync(db => db.People.Select(p => p.OrganizationId).SingleAsync()));
    }

    [Fact]
    public async Task An_address_is_of_one_active_person_in_any_case()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var first = await client.AddPersonAsync("A", email: "ada@example.org");

        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/people", new { name = "B", email = "ADA@Example.ORG" })).ExpectProblemAsync(HttpStatusCode.Conflict, "person.email_taken");
        await (await client.TurnAsync(first.Id(), "deactivate")).ExpectAsync(HttpStatusCode.OK);
        await client.AddPersonAsync("B", email: "ADA@Example.ORG");

        // The first one would have it a second time.
        await (await client.TurnAsync(first.Id(), "reactivate")).ExpectProblemAsync(HttpStatusCode.Conflict, "person.email_taken");
        Assert.Equal(1, await tenant.StoredAsync(db => db.People.CountAsync(p => p.Status == PersonStatus.Active)));
    }

    [Fact]
    public async Task An_outside_id_is_of_one_person()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        object Body(string name) => new { name, identifiers = new[] { new { system = "hr", value = "1" } } };
        await client.CreateAsync("/v1/people", Body("A"));

        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/people", Body("B"))).ExpectProblemAsync(HttpStatusCode.Conflict, "person.identifier_taken");

        Assert.Equal("A", await tenant.StoredAsync(db => db.People.Select(p => p.Name).SingleAsync()));
    }

    [Theory]
    [InlineData("""{"name":" "}""", "/name", "value.required")]
    [InlineData("""{"name":"x","email":"x"}""", "/email", "person.bad_email")]
    [InlineData("""{"name":"x","email":"Ada <ada@example.org>"}""", "/email", "person.bad_email")]
    [InlineData("""{"name":"x","email":"ada@example.org\nBcc: b@example.org"}""", "/email", "person.bad_email")]
    [InlineData("""{"name":"x","language":"english"}""", "/language", "person.bad_language")]
    [InlineData("""{"name":"x","language":"en_US"}""", "/language", "person.bad_language")]
    [InlineData("""{"name":"x","timeZone":"Mars/Olympus"}""", "/timeZone", "person.unknown_time_zone")]
    [InlineData("""{"name":"x","position":""}""", "/position", "value.length")]
    [InlineData("""{"name":"x","organizationId":"00000000-0000-0000-0000-000000000000"}""", "/organizationId", "value.invalid")]
    [InlineData("""{"name":"x","identifiers":[{"system":"HR","value":"1"}]}""", "/identifiers/0/system", "person.bad_identifier_system")]
    [InlineData("""{"name":"x","identifiers":[{"system":"hr","value":""}]}""", "/identifiers/0/value", "value.required")]
    public async Task What_does_not_fit_is_refused_with_its_place(string body, string pointer, string code)
    {
        var tenant = await api.NewTenantAsync();

        var response = await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/people", body);

        await response.ExpectFaultAsync(pointer, code);
        Assert.Equal(0, await tenant.StoredAsync(db => db.People.CountAsync()));
    }

    [Fact]
    public async Task Limits_hold()
    {
        var client = (await api.NewTenantAsync()).Everything();

        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/people", new { name = new string('x', 201) })).ExpectFaultAsync("/name", "value.too_long");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/people", new { name = "x", email = new string('x', 250) + "@x.org" })).ExpectFaultAsync("/email", "value.too_long");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/people", new
        {
            name = "x",
            identifiers = Enumerable.Range(0, PersonIdentifier.MaxPerPerson + 1).Select(n => new { system = "hr", value = $"{n}" }),
        })).ExpectFaultAsync("/identifiers", "value.too_many");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/people", """{"name":"x","employeeGroup":"king"}""")).ExpectProblemAsync(HttpStatusCode.BadRequest, "request.malformed_json");
    }

    [Fact]
    public async Task Reading_is_not_enough_to_add() =>
        await (await (await api.NewTenantAsync()).Only(Scopes.PeopleRead).SendJsonAsync(HttpMethod.Post, "/v1/people", new { name = "x" }))
            .ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
}
