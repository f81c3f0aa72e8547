using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.People;

public sealed class ChangeMeTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task I_change_my_name_language_and_time_zone_and_nothing_else()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var person = await tenant.NewPersonAsync((Role.Participant, north));
        var client = tenant.As(person);

        var changed = await (await client.SendJsonAsync(HttpMethod.Patch, "/v1/me", """{"name":"Ada","language":"es","timeZone":"America/Denver"}""", "*")).ExpectAsync(HttpStatusCode.OK);
        var back = await (await client.SendJsonAsync(HttpMethod.Patch, "/v1/me", """{"language":null,"timeZone":null}""", "*")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(("Ada", "es", "America/Denver", 2L), ((string?)changed["name"], (string?)changed["language"], (string?)changed["timeZone"], (long)changed["version"]!));
        Assert.Equal("North", (string?)changed["access"]![0]!["organizationName"]);
        Assert.Equal(("Ada", "en", null), ((string?)back["name"], (string?)back["language"], (string?)back["timeZone"]));
        Assert.Equal(new PersonDetails("Ada", person.Email, north), await tenant.StoredAsync(async db => (await db.People.SingleAsync(Ct)).Details()));
        var trail = await tenant.StoredAsync(db => db.AuditEvents.Where(e => e.Action == "person.changed").ToListAsync(Ct));
        Assert.All(trail, e => Assert.Equal((person.Id, person.Id, north), (e.PersonId, e.ResourceId, e.OrganizationId)));
        Assert.All(trail, e => Assert.DoesNotContain("Ada", e.Detail, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"name":""}""", "/name", "value.required")]
    [InlineData("""{"language":"tlh_Latn"}""", "/language", "person.bad_language")]
    [InlineData("""{"timeZone":"Nowhere"}""", "/timeZone", "person.unknown_time_zone")]
    public async Task What_does_not_fit_is_refused_with_its_place(string patch, string pointer, string code)
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.As(await tenant.NewPersonAsync());

        await (await client.SendJsonAsync(HttpMethod.Patch, "/v1/me", patch, "*")).ExpectFaultAsync(pointer, code);
    }

    [Theory]
    [InlineData("""{"name":null}""")]
    [InlineData("""{"email":"mine@example.org"}""")]
    [InlineData("""{"status":"active"}""")]
    public async Task What_is_not_mine_to_change_is_unknown(string patch)
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.As(await tenant.NewPersonAsync());

        await (await client.SendJsonAsync(HttpMethod.Patch, "/v1/me", patch, "*")).ExpectProblemAsync(HttpStatusCode.BadRequest, "request.malformed_json");
        Assert.Equal(1, await tenant.StoredAsync(db => db.People.Select(p => p.Version).SingleAsync(Ct)));
    }

    [Fact]
    public async Task The_tag_is_of_all_that_is_said_so_that_a_new_role_is_never_overlooked()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.As(await tenant.NewPersonAsync((Role.Viewer, north)));
        var tag = await TagAsync(client);

        Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(client, tag)).StatusCode);
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Patch, $"/v1/organizations/{north}", new { name = "North 2" }, "*")).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal("North 2", (string?)(await (await AskAsync(client, tag)).ExpectAsync(HttpStatusCode.OK))["access"]![0]!["organizationName"]);

        await (await client.SendJsonAsync(HttpMethod.Patch, "/v1/me", """{"name":"Ada"}""", tag)).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await client.SendJsonAsync(HttpMethod.Patch, "/v1/me", """{"name":"Ada"}""")).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
        await (await client.SendJsonAsync(HttpMethod.Patch, "/v1/me", """{"name":"Ada"}""", await TagAsync(client))).ExpectAsync(HttpStatusCode.OK);
    }

    private static async Task<string> TagAsync(HttpClient client) => (await client.GetAsync("/v1/me", Ct)).Headers.ETag!.Tag;

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string ifNoneMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/me");
        request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        return await client.SendAsync(request, Ct);
    }
}
