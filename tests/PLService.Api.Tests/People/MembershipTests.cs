using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.People;

public sealed class MembershipTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_is_given_changed_and_taken_and_counts_with_the_next_request()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var person = await tenant.NewPersonAsync();
        var (client, me) = (tenant.Everything(), tenant.As(person));
        await (await me.GetAsync($"/v1/organizations/{north}", Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");

        var response = await client.SendJsonAsync(HttpMethod.Post, $"/v1/people/{person.Id}/memberships", new { role = "viewer", organizationId = north, startsOn = "2020-01-01" });
        var made = await response.ExpectAsync(HttpStatusCode.Created);
        await me.ReadAsync($"/v1/organizations/{north}");
        var address = response.Headers.Location!.ToString();
        var ended = await (await client.SendJsonAsync(HttpMethod.Put, address, new { startsOn = "2020-01-01", endsOn = "2021-01-01" }, "\"1\"")).ExpectAsync(HttpStatusCode.OK);
        await (await me.GetAsync($"/v1/organizations/{north}", Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");

        Assert.Equal((address, person.Id, person.Name, "viewer", "North"), ($"/v1/memberships/{made.Id()}", (Guid)made["personId"]!, (string?)made["personName"], (string?)made["role"], (string?)made["organizationName"]));
        Assert.Equal(("2021-01-01", 2L), ((string?)ended["endsOn"], (long)ended["version"]!));
        Assert.Equal(ended.ToJsonString(), (await client.ReadAsync(address)).ToJsonString());
        Assert.Equal(ended.ToJsonString(), (await client.ReadAsync($"/v1/people/{person.Id}/memberships"))["items"]![0]!.ToJsonString());
        await (await client.SendJsonAsync(HttpMethod.Put, address, new { }, "\"2\"")).ExpectAsync(HttpStatusCode.OK);
        await me.ReadAsync($"/v1/organizations/{north}");
        await (await client.SendJsonAsync(HttpMethod.Delete, address, null, "\"3\"")).ExpectAsync(HttpStatusCode.NoContent);
        await (await me.GetAsync($"/v1/organizations/{north}", Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        await (await client.GetAsync(address, Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "membership.not_found");
        // Whoever has read the person with its roles has to read it again.
        Assert.Equal(5, (long)(await client.ReadAsync($"/v1/people/{person.Id}"))["version"]!);
        Assert.Equal(
            ["membership.created", "membership.changed", "membership.read", "person.read", "membership.changed", "membership.deleted", "person.read"],
            await tenant.ActionsAsync());
        Assert.Contains("\"role\": \"viewer\"", await tenant.StoredAsync(db => db.AuditEvents.Where(e => e.Action == "membership.deleted").Select(e => e.Detail).SingleAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_stands_once_in_a_place()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();
        var person = await tenant.NewPersonAsync();

        foreach (var place in new Guid?[] { north, null })
        {
            await client.GiveRoleAsync(person.Id, "viewer", place);
            await (await client.GiveAsync(person.Id, "viewer", place)).ExpectProblemAsync(HttpStatusCode.Conflict, "membership.exists");
            await client.GiveRoleAsync(person.Id, "reviewer", place);
        }

        Assert.Equal(4, await tenant.StoredAsync(db => db.Memberships.CountAsync(Ct)));
    }

    [Fact]
    public async Task Each_rule_refuses_with_its_code()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();
        var person = await tenant.NewPersonAsync();
        var address = $"/v1/people/{person.Id}/memberships";

        await (await client.SendJsonAsync(HttpMethod.Post, address, new { role = "viewer", organizationId = north, startsOn = "2026-02-01", endsOn = "2026-01-31" })).ExpectProblemAsync(HttpStatusCode.Conflict, "membership.ends_before_it_starts");
        await (await client.SendJsonAsync(HttpMethod.Post, address, """{"role":"king"}""")).ExpectProblemAsync(HttpStatusCode.BadRequest, "request.malformed_json");
        await (await client.SendJsonAsync(HttpMethod.Post, address, new { role = "viewer", organizationId = Guid.Empty })).ExpectFaultAsync("/organizationId", "value.invalid");
        await (await client.GiveAsync(Guid.CreateVersion7(), "viewer", north)).ExpectProblemAsync(HttpStatusCode.NotFound, "person.not_found");
        await (await client.GiveAsync(person.Id, "viewer", Guid.CreateVersion7())).ExpectProblemAsync(HttpStatusCode.Conflict, "membership.beyond_your_reach");
        await (await tenant.Only(Scopes.PeopleRead).GiveAsync(person.Id, "viewer", north)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        var made = await client.GiveRoleAsync(person.Id, "viewer", north);
        var membership = $"/v1/memberships/{made.Id()}";
        await (await client.SendJsonAsync(HttpMethod.Put, membership, new { startsOn = "2026-02-01", endsOn = "2026-01-31" }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "membership.ends_before_it_starts");
        await (await client.SendJsonAsync(HttpMethod.Put, membership, new { endsOn = "tomorrow" }, "*")).ExpectProblemAsync(HttpStatusCode.BadRequest, "request.malformed_json");
        foreach (var method in new[] { HttpMethod.Put, HttpMethod.Delete })
        {
            await (await client.SendJsonAsync(method, membership, method == HttpMethod.Put ? new { } : null)).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
            await (await client.SendJsonAsync(method, membership, method == HttpMethod.Put ? new { } : null, "\"2\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
            await (await client.SendJsonAsync(method, $"/v1/memberships/{Guid.CreateVersion7()}", method == HttpMethod.Put ? new { } : null, "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "membership.not_found");
        }

        Assert.Equal(1, await tenant.StoredAsync(db => db.Memberships.Select(m => m.Version).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_person_has_at_most_a_hundred()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var person = await tenant.NewPersonAsync();
        await tenant.StoredAsync(async db =>
        {
            var schools = Enumerable.Range(0, Person.MaxMemberships).Select(n => Api.Domain.Organizations.Organization.Create(Api.Domain.Organizations.OrganizationKind.School, $"S{n}", "UTC", null, null)).ToList();
            db.AddRange(schools);
            await db.SaveChangesAsync(Ct);
            db.AddRange(schools.Select(school => Membership.Create(person.Id, Role.Viewer, school.Id)));
            return await db.SaveChangesAsync(Ct);
        });

        await (await tenant.Everything().GiveAsync(person.Id, "viewer", north)).ExpectProblemAsync(HttpStatusCode.Conflict, "membership.too_many");
    }

    [Fact]
    public async Task The_list_is_narrowed_by_each_filter_and_comes_in_pages()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();
        var school = (await client.CreateAsync("/v1/organizations", new { kind = "school", name = "Elm", parentId = north })).Id();
        var (ada, ben) = (await client.AddPersonAsync("Ada", north), await client.AddPersonAsync("Ben", south));
        foreach (var (person, role, place) in new (Guid, string, Guid?)[] { (ada.Id(), "viewer", north), (ada.Id(), "facilitator", school), (ben.Id(), "viewer", school), (ben.Id(), "reviewer", south), (ben.Id(), "viewer", null) })
            await client.GiveRoleAsync(person, role, place);

        foreach (var (query, expected) in new (string, string[])[]
        {
            ("", ["Ada viewer North", "Ada facilitator Elm", "Ben viewer Elm", "Ben reviewer South", "Ben viewer "]),
            ($"?organizationId={north}", ["Ada viewer North"]),
            ($"?withinOrganizationId={north}", ["Ada viewer North", "Ada facilitator Elm", "Ben viewer Elm"]),
            ("?role=viewer", ["Ada viewer North", "Ben viewer Elm", "Ben viewer "]),
            ($"?personId={ben.Id()}&role=viewer&withinOrganizationId={north}", ["Ben viewer Elm"]),
        })
            Assert.Equal(expected, await ReadAsync(client, query));
        // What holds in the whole tenant is no role of the district's.
        Assert.Equal(["Ada viewer North", "Ada facilitator Elm", "Ben viewer Elm"], await ReadAsync(tenant.Within(north), ""));
        Assert.Equal(["Ben viewer Elm"], (await tenant.Within(north).ReadAsync($"/v1/people/{ben.Id()}/memberships"))["items"]!.AsArray().Select(m => $"{m!["personName"]} {m["role"]} {m["organizationName"]}"));

        var first = await client.ReadAsync("/v1/memberships?limit=3&count=true");
        Assert.Equal(5, (long)first["count"]!);
        Assert.Equal(2, (await client.ReadAsync($"/v1/memberships?limit=3&cursor={first["nextCursor"]}"))["items"]!.AsArray().Count);
        await (await client.SendJsonAsync(HttpMethod.Get, "/v1/memberships?cursor=WyJhIiwiYiJd")).ExpectFaultAsync("?cursor", "cursor.unknown");
        await (await client.SendJsonAsync(HttpMethod.Get, "/v1/memberships?person=1")).ExpectFaultAsync("?person", "query.unknown_parameter");
        Assert.Equal(9, (await tenant.ActionsAsync()).Count(action => action is "membership.listed" or "person.read"));
    }

    private static async Task<IEnumerable<string>> ReadAsync(HttpClient client, string query) =>
        (await client.ReadAsync($"/v1/memberships{query}"))["items"]!.AsArray().Select(m => $"{m!["personName"]} {m["role"]} {m["organizationName"]}");
}
