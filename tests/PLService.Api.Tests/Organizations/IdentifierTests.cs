using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Organizations;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Organizations;

public sealed class IdentifierTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task An_id_is_added_and_ended_and_stays_in_the_history()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var made = await client.AddAsync("district", "Cedar");
        var list = $"/v1/organizations/{made.Id()}/identifiers";

        var added = await client.CreateAsync(list, new { system = "nces", value = "0900030", validFrom = "2019-07-01" });
        var current = await client.ReadAsync("/v1/organizations/by-id/nces/0900030");
        var ended = await (await EndAsync(client, made.Id(), added.Id(), new { validTo = "2025-06-30" })).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal((made.Id(), 2L), (current.Id(), (long)current["version"]!));
        Assert.Equal("2025-06-30", (string?)ended["validTo"]);
        Assert.Equal(ended.ToJsonString(), (await client.ReadAsync(list))["items"]!.AsArray().Single()!.ToJsonString());
        await (await client.SendJsonAsync(HttpMethod.Get, "/v1/organizations/by-id/nces/0900030")).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
        var now = await client.ReadAsync($"/v1/organizations/{made.Id()}");
        Assert.Empty(now["identifiers"]!.AsArray());
        Assert.Equal(3, (long)now["version"]!);
        Assert.Equal(
            ["organization.identifierAdded", "organization.identifierEnded"],
            await tenant.StoredAsync(db => db.AuditEvents.Where(a => a.Action != "organization.created").OrderBy(a => a.Id).Select(a => a.Action).ToListAsync()));
    }

    [Fact]
    public async Task An_id_that_was_ended_today_passes_to_another_organization()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var (old, heir) = (await client.AddAsync("school", "Old"), await client.AddAsync("school", "Heir"));
        var added = await client.CreateAsync($"/v1/organizations/{old.Id()}/identifiers", new { system = "nces", value = "1" });

        var early = await client.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{heir.Id()}/identifiers", new { system = "nces", value = "1" });
        await (await EndAsync(client, old.Id(), added.Id(), new { })).ExpectAsync(HttpStatusCode.OK);
        await client.CreateAsync($"/v1/organizations/{heir.Id()}/identifiers", new { system = "nces", value = "1" });

        await early.ExpectProblemAsync(HttpStatusCode.Conflict, "organization.identifier_taken");
        Assert.Equal(heir.Id(), (await client.ReadAsync("/v1/organizations/by-id/nces/1")).Id());
    }

    [Fact]
    public async Task Times_that_are_known_do_not_overlap()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var (old, heir) = (await client.AddAsync("school", "Old"), await client.AddAsync("school", "Heir"));
        await client.CreateAsync($"/v1/organizations/{old.Id()}/identifiers", new { system = "nces", value = "1", validFrom = "2010-01-01", validTo = "2015-12-31" });
        var address = $"/v1/organizations/{heir.Id()}/identifiers";

        foreach (var (from, to) in new (string?, string?)[] { ("2015-12-31", null), ("2009-01-01", "2010-01-01"), ("2011-01-01", "2012-01-01"), ("2000-01-01", null), (null, "2012-01-01") })
            await (await client.SendJsonAsync(HttpMethod.Post, address, new { system = "nces", value = "1", validFrom = from, validTo = to })).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.identifier_overlaps");

        await client.CreateAsync(address, new { system = "nces", value = "1", validTo = "2009-12-31" });
        await client.CreateAsync(address, new { system = "nces", value = "1", validFrom = "2016-01-01" });
    }

    [Fact]
    public async Task Each_rule_refuses_with_its_code()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var (made, other) = (await client.AddAsync("school", "Elm"), await client.AddAsync("school", "Other"));
        var address = $"/v1/organizations/{made.Id()}/identifiers";
        var far = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(3)).ToString("O");

        await (await client.SendJsonAsync(HttpMethod.Post, address, new { system = "nces", value = "1", validFrom = far })).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.identifier_in_future");
        await (await client.SendJsonAsync(HttpMethod.Post, address, new { system = "nces", value = "1", validFrom = "2020-01-02", validTo = "2020-01-01" })).ExpectFaultAsync("/validTo", "value.out_of_range");
        await (await client.SendJsonAsync(HttpMethod.Post, address, new { system = "N C", value = "" })).ExpectFaultAsync("/system", "organization.bad_identifier_system");
        var added = await client.CreateAsync(address, new { system = "nces", value = "1", validFrom = "2020-01-01" });
        await (await EndAsync(client, made.Id(), added.Id(), new { validTo = "2019-12-31" })).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.identifier_ends_before_it_begins");
        await (await EndAsync(client, made.Id(), added.Id(), new { validTo = far })).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.identifier_in_future");
        await (await EndAsync(client, other.Id(), added.Id(), new { })).ExpectProblemAsync(HttpStatusCode.NotFound, "identifier.not_found");
        await (await EndAsync(tenant.Within(other.Id()), made.Id(), added.Id(), new { })).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
        await (await EndAsync(client, made.Id(), added.Id(), new { })).ExpectAsync(HttpStatusCode.OK);
        await (await EndAsync(client, made.Id(), added.Id(), new { })).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.identifier_ended");
        for (var n = 1; n < OrganizationIdentifier.MaxPerOrganization; n++)
            await client.CreateAsync(address, new { system = "sis", value = $"{n}" });
        await (await client.SendJsonAsync(HttpMethod.Post, address, new { system = "sis", value = "one more" })).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.too_many_identifiers");
    }

    [Fact]
    public async Task The_same_id_given_to_two_at_once_goes_to_one()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var schools = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => client.AddAsync("school", $"School {n}")));

        var answers = await Task.WhenAll(schools.Select(s => client.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{s.Id()}/identifiers", new { system = "nces", value = "1" })));

        Assert.Equal(1, answers.Count(a => a.StatusCode is HttpStatusCode.Created));
        Assert.Equal(7, answers.Count(a => a.StatusCode is HttpStatusCode.Conflict));
        Assert.Equal(1, await tenant.StoredAsync(db => db.OrganizationIdentifiers.CountAsync()));
    }

    private static Task<HttpResponseMessage> EndAsync(HttpClient client, Guid id, Guid identifierId, object body) =>
        client.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{id}/identifiers/{identifierId}/end", body);
}
