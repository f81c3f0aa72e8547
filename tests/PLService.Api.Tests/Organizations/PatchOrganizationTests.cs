using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Organizations;

public sealed class PatchOrganizationTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task What_is_left_out_stays_and_null_removes()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var made = await client.CreateAsync("/v1/organizations", new { kind = "district", name = "Cedar", timeZone = "America/Denver", openedOn = "2001-07-01" });
        var address = $"/v1/organizations/{made.Id()}";

        var renamed = await (await PatchAsync(client, address, """{"name":"Cedar Valley"}""", "\"1\"")).ExpectAsync(HttpStatusCode.OK);
        var emptied = await (await PatchAsync(client, address, """{"openedOn":null,"timeZone":null}""", "\"2\"")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(("Cedar Valley", "America/Denver", "2001-07-01"), ((string?)renamed["name"], (string?)renamed["timeZone"], (string?)renamed["openedOn"]));
        Assert.Equal(("Cedar Valley", "UTC", null), ((string?)emptied["name"], (string?)emptied["timeZone"], (string?)emptied["openedOn"]));
        var stored = await tenant.StoredAsync(db => db.Organizations.SingleAsync());
        Assert.Equal(("Cedar Valley", "UTC", (DateOnly?)null, 3L), (stored.Name, stored.TimeZone, stored.OpenedOn, stored.Version));
    }

    [Fact]
    public async Task An_empty_patch_and_one_that_says_what_is_there_change_nothing()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var made = await client.AddAsync("district", "Cedar");
        var address = $"/v1/organizations/{made.Id()}";

        await (await PatchAsync(client, address, "{}", "*")).ExpectAsync(HttpStatusCode.OK);
        var again = await (await PatchAsync(client, address, """{"name":"Cedar"}""", "*")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(1L, (long)again["version"]!);
    }

    [Theory]
    [InlineData("""{"nmae":"x"}""", "request.malformed_json")]
    [InlineData("""{"status":"closed"}""", "request.malformed_json")]
    [InlineData("""{"name":null}""", "request.malformed_json")]
    [InlineData("""{"kind":null}""", "request.malformed_json")]
    [InlineData("""{"kind":"planet"}""", "request.malformed_json")]
    [InlineData("""{"name":{"en":"x"}}""", "request.malformed_json")]
    [InlineData("""{"name":"x","name":"y"}""", "request.malformed_json")]
    [InlineData("""[1]""", "request.malformed_json")]
    [InlineData("""null""", "request.malformed_json")]
    [InlineData("""{"name":""", "request.malformed_json")]
    [InlineData("", "request.malformed_json")]
    [InlineData("""{"name":""}""", "request.invalid")]
    [InlineData("""{"timeZone":"Mars/Olympus"}""", "request.invalid")]
    public async Task A_patch_that_does_not_fit_changes_nothing(string patch, string code)
    {
        var tenant = await api.NewTenantAsync();
        var made = await tenant.Everything().AddAsync("district", "Cedar");

        var response = await PatchAsync(tenant.Everything(), $"/v1/organizations/{made.Id()}", patch, "*");

        await response.ExpectProblemAsync(HttpStatusCode.BadRequest, code);
        Assert.Equal(1, await tenant.StoredAsync(db => db.Organizations.Select(o => o.Version).SingleAsync()));
    }

    [Fact]
    public async Task Plain_JSON_is_taken_too_and_other_media_types_are_not()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var made = await client.AddAsync("district", "Cedar");
        var address = $"/v1/organizations/{made.Id()}";

        await (await PatchAsync(client, address, """{"name":"B"}""", "*", "application/json")).ExpectAsync(HttpStatusCode.OK);
        await (await PatchAsync(client, address, """{"name":"C"}""", "*", "application/json-patch+json"))
            .ExpectProblemAsync(HttpStatusCode.UnsupportedMediaType, "request.unsupported_media_type");
    }

    [Fact]
    public async Task It_needs_the_present_version()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var made = await client.AddAsync("district", "Cedar");
        var address = $"/v1/organizations/{made.Id()}";

        await (await PatchAsync(client, address, """{"name":"B"}""", null)).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
        await (await PatchAsync(client, address, """{"name":"B"}""", "\"9\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
    }

    private static async Task<HttpResponseMessage> PatchAsync(HttpClient client, string address, string patch, string? ifMatch, string type = "application/merge-patch+json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, address) { Content = new StringContent(patch) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (ifMatch is not null)
            Assert.True(request.Headers.TryAddWithoutValidation("If-Match", ifMatch));
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
