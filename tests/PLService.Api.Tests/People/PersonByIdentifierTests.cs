using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.People;

public sealed class PersonByIdentifierTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task It_is_created_then_unchanged_then_updated()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.CreateAsync("/v1/organizations", new { kind = "district", name = "Cedar", identifiers = new[] { new { system = "nces", value = "0900030" } } });
        var body = new { name = "Ada", email = "ada@example.org", organization = new { system = "nces", value = "0900030" }, position = "Principal" };

        var first = await PutAsync(client, "hr/0007", body);
        var again = await PutAsync(client, "hr/0007", body);
        var renamed = await PutAsync(client, "hr/0007", new { name = "Ada M." });

        var (one, two, three) = (await first.ExpectAsync(HttpStatusCode.Created), await again.ExpectAsync(HttpStatusCode.OK), await renamed.ExpectAsync(HttpStatusCode.OK));
        Assert.Equal(["created", "unchanged", "updated"], new[] { first, again, renamed }.Select(r => r.Headers.GetValues("PLService-Outcome").Single()));
        Assert.Equal($"/v1/people/{one.Id()}", first.Headers.Location!.ToString());
        Assert.Equal(one.ToJsonString(), two.ToJsonString());
        Assert.Equal((one.Id(), 2L, "ada@example.org", "Principal"), (three.Id(), (long)three["version"]!, (string?)three["email"], (string?)three["position"]));
        Assert.Equal(three.ToJsonString(), (await client.ReadAsync("/v1/people/by-id/hr/0007")).ToJsonString());
        Assert.Equal(["person.created", "person.changed", "person.read"], await tenant.ActionsAsync());
    }

    [Fact]
    public async Task If_Match_is_honoured_when_it_is_sent()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var body = new { name = "Ada" };

        await (await PutAsync(client, "hr/1", body, "*")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.does_not_exist");
        await (await PutAsync(client, "hr/1", body)).ExpectAsync(HttpStatusCode.Created);
        await (await PutAsync(client, "hr/1", body, "\"1\"")).ExpectAsync(HttpStatusCode.OK);
        await (await PutAsync(client, "hr/1", body, "\"2\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
    }

    [Fact]
    public async Task Each_rule_refuses_with_its_code()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var (client, within) = (tenant.Everything(), tenant.Within(north));
        await (await PutAsync(client, "hr/1", new { name = "Ada", email = "ada@example.org", organization = new { id = south } })).ExpectAsync(HttpStatusCode.Created);
        var guest = await (await PutAsync(client, "hr/2", new { name = "Guest", organization = new { id = south } })).ExpectAsync(HttpStatusCode.Created);
        await client.GiveRoleAsync(guest.Id(), "viewer", north);
        object Here(string? email = null) => new { name = "C", email, organization = new { id = north } };

        // Somebody out of reach has the id, or the address.
        await (await PutAsync(within, "hr/1", Here())).ExpectProblemAsync(HttpStatusCode.Conflict, "person.identifier_taken");
        await (await PutAsync(within, "hr/3", Here("ADA@example.org"))).ExpectProblemAsync(HttpStatusCode.Conflict, "person.email_taken");
        await (await PutAsync(within, "hr/2", Here())).ExpectProblemAsync(HttpStatusCode.Conflict, "person.not_yours");
        await (await PutAsync(within, "hr/3", new { name = "C" })).ExpectProblemAsync(HttpStatusCode.Conflict, "person.organization_required");
        await (await PutAsync(within, "hr/3", new { name = "C", organization = new { id = south } })).ExpectProblemAsync(HttpStatusCode.Conflict, "person.unknown_organization");
        await (await PutAsync(within, "hr/3", new { name = "C", organization = new { system = "nces", value = "?" } })).ExpectProblemAsync(HttpStatusCode.Conflict, "person.unknown_organization");
        await (await PutAsync(client, "HR/3", new { name = "C" })).ExpectFaultAsync("{system}", "person.bad_identifier_system");
        await (await PutAsync(client, $"hr/{new string('9', 81)}", new { name = "C" })).ExpectFaultAsync("{value}", "value.too_long");
        await (await PutAsync(client, "hr/3", new { name = "C", organization = new { id = north, system = "nces", value = "1" } })).ExpectFaultAsync("/organization", "person.bad_organization_reference");
        await (await PutAsync(client, "hr/3", new { name = "" })).ExpectFaultAsync("/name", "value.required");
        await (await within.SendJsonAsync(HttpMethod.Get, "/v1/people/by-id/hr/1")).ExpectProblemAsync(HttpStatusCode.NotFound, "person.not_found");
        Assert.Equal(2, await tenant.StoredAsync(db => db.People.CountAsync()));
    }

    [Fact]
    public async Task Sent_many_times_at_once_it_makes_one_person()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PutAsync(client, "hr/a%2F7", new { name = "Ada", email = "ada@example.org" })));

        Assert.Equal(1, answers.Count(a => a.StatusCode is HttpStatusCode.Created));
        Assert.Equal(11, answers.Count(a => a.StatusCode is HttpStatusCode.OK));
        JsonObject[] bodies = await Task.WhenAll(answers.Select(a => a.ExpectAsync(a.StatusCode)));
        Assert.Single(bodies.Select(b => b.ToJsonString()).Distinct());
        Assert.Equal("a/7", await tenant.StoredAsync(db => db.PersonIdentifiers.Select(i => i.Value).SingleAsync()));
    }

    [Fact]
    public async Task An_id_is_added_and_ended_and_passes_to_another_person()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var (ada, ben) = (await client.AddPersonAsync("Ada"), await client.AddPersonAsync("Ben"));
        var ids = $"/v1/people/{ada.Id()}/identifiers";

        var added = await client.CreateAsync(ids, new { system = "hr", value = "1", validFrom = "2020-01-01" });
        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/people/{ben.Id()}/identifiers", new { system = "hr", value = "1" })).ExpectProblemAsync(HttpStatusCode.Conflict, "person.identifier_taken");
        var ended = await (await client.SendJsonAsync(HttpMethod.Post, $"{ids}/{added.Id()}/end", new { validTo = "2025-06-30" })).ExpectAsync(HttpStatusCode.OK);
        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/people/{ben.Id()}/identifiers", new { system = "hr", value = "1", validFrom = "2025-06-30" })).ExpectProblemAsync(HttpStatusCode.Conflict, "person.identifier_overlaps");
        await client.CreateAsync($"/v1/people/{ben.Id()}/identifiers", new { system = "hr", value = "1", validFrom = "2025-07-01" });

        Assert.Equal(ended.ToJsonString(), (await client.ReadAsync(ids))["items"]!.AsArray().Single()!.ToJsonString());
        Assert.Equal(ben.Id(), (await client.ReadAsync("/v1/people/by-id/hr/1")).Id());
        Assert.Equal(3, (long)(await client.ReadAsync($"/v1/people/{ada.Id()}"))["version"]!);
        Assert.Superset(new HashSet<string> { "person.identifierAdded", "person.identifierEnded" }, (await tenant.ActionsAsync()).ToHashSet());
    }

    [Fact]
    public async Task Each_rule_of_outside_ids_refuses_with_its_code()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var ids = $"/v1/people/{(await client.AddPersonAsync("Ada")).Id()}/identifiers";
        var far = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(3)).ToString("O");

        await (await client.SendJsonAsync(HttpMethod.Post, ids, new { system = "hr", value = "1", validFrom = far })).ExpectProblemAsync(HttpStatusCode.Conflict, "person.identifier_in_future");
        await (await client.SendJsonAsync(HttpMethod.Post, ids, new { system = "hr", value = "1", validFrom = "2020-01-02", validTo = "2020-01-01" })).ExpectFaultAsync("/validTo", "value.out_of_range");
        await (await client.SendJsonAsync(HttpMethod.Post, ids, new { system = "H R", value = "" })).ExpectFaultAsync("/system", "person.bad_identifier_system");
        var added = await client.CreateAsync(ids, new { system = "hr", value = "1", validFrom = "2020-01-01" });
        await (await client.SendJsonAsync(HttpMethod.Post, $"{ids}/{added.Id()}/end", new { validTo = "2019-12-31" })).ExpectProblemAsync(HttpStatusCode.Conflict, "person.identifier_ends_before_it_begins");
        await (await client.SendJsonAsync(HttpMethod.Post, $"{ids}/{added.Id()}/end", new { validTo = far })).ExpectProblemAsync(HttpStatusCode.Conflict, "person.identifier_in_future");
        await (await client.SendJsonAsync(HttpMethod.Post, $"{ids}/{Guid.CreateVersion7()}/end", new { })).ExpectProblemAsync(HttpStatusCode.NotFound, "identifier.not_found");
        await (await client.SendJsonAsync(HttpMethod.Post, $"{ids}/{added.Id()}/end", new { })).ExpectAsync(HttpStatusCode.OK);
        await (await client.SendJsonAsync(HttpMethod.Post, $"{ids}/{added.Id()}/end", new { })).ExpectProblemAsync(HttpStatusCode.Conflict, "person.identifier_ended");
        for (var n = 1; n < PersonIdentifier.MaxPerPerson; n++)
            await client.CreateAsync(ids, new { system = "sis", value = $"{n}" });
        await (await client.SendJsonAsync(HttpMethod.Post, ids, new { system = "sis", value = "one more" })).ExpectProblemAsync(HttpStatusCode.Conflict, "person.too_many_identifiers");
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, string outsideId, object body, string? ifMatch = null) =>
        client.SendJsonAsync(HttpMethod.Put, $"/v1/people/by-id/{outsideId}", body, ifMatch);
}
