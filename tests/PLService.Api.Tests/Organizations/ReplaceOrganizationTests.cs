using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Organizations;

public sealed class ReplaceOrganizationTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Details_are_replaced_and_the_version_grows()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var made = await client.AddAsync("district", "Cedar");

        var response = await client.SendJsonAsync(
            HttpMethod.Put, $"/v1/organizations/{made.Id()}", new { kind = "region", name = "Cedar Region", timeZone = "America/Denver", openedOn = "2001-07-01" }, made.ETag());

        var changed = await response.ExpectAsync(HttpStatusCode.OK);
        Assert.Equal("\"2\"", response.Headers.ETag!.Tag);
        Assert.Equal(changed.ToJsonString(), (await client.ReadAsync($"/v1/organizations/{made.Id()}")).ToJsonString());
        var stored = await tenant.StoredAsync(db => db.Organizations.SingleAsync());
        Assert.Equal(("Cedar Region", "America/Denver", new DateOnly(2001, 7, 1), 2L), (stored.Name, stored.TimeZone, stored.OpenedOn!.Value, stored.Version));
        Assert.Equal(1, await tenant.StoredAsync(db => db.AuditEvents.CountAsync(a => a.Action == "organization.changed")));
    }

    [Fact]
    public async Task The_same_details_change_nothing()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var made = await client.AddAsync("district", "Cedar");

        var response = await client.SendJsonAsync(HttpMethod.Put, $"/v1/organizations/{made.Id()}", new { kind = "district", name = "Cedar" }, made.ETag());

        Assert.Equal(made.ToJsonString(), (await response.ExpectAsync(HttpStatusCode.OK)).ToJsonString());
        Assert.Equal(0, await tenant.StoredAsync(db => db.AuditEvents.CountAsync(a => a.Action == "organization.changed")));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.PreconditionRequired, "concurrency.if_match_required")]
    [InlineData("\"7\"", HttpStatusCode.PreconditionFailed, "concurrency.stale_version")]
    [InlineData("W/\"1\"", HttpStatusCode.BadRequest, "request.invalid")]
    [InlineData("1", HttpStatusCode.BadRequest, "request.invalid")]
    public async Task Without_the_present_version_nothing_is_changed(string? ifMatch, HttpStatusCode status, string code)
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var made = await client.AddAsync("district", "Cedar");

        var response = await client.SendJsonAsync(HttpMethod.Put, $"/v1/organizations/{made.Id()}", new { kind = "district", name = "Other" }, ifMatch);

        var problem = await response.ExpectProblemAsync(status, code);
        Assert.Equal(status is HttpStatusCode.PreconditionFailed ? 1L : null, (long?)problem["currentVersion"]);
        Assert.Equal("Cedar", await tenant.StoredAsync(db => db.Organizations.Select(o => o.Name).SingleAsync()));
    }

    [Fact]
    public async Task A_star_overwrites_whatever_there_is()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var made = await client.AddAsync("district", "Cedar");

        var response = await client.SendJsonAsync(HttpMethod.Put, $"/v1/organizations/{made.Id()}", new { kind = "district", name = "Other" }, "*");

        await response.ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_cannot_be_reached_does_not_exist()
    {
        var tenant = await api.NewTenantAsync();
        var (one, two) = (await tenant.Everything().AddAsync("district", "One"), await tenant.Everything().AddAsync("district", "Two"));
        var stranger = (await api.NewTenantAsync()).Everything();
        var body = new { kind = "district", name = "Mine" };

        foreach (var (client, id) in new[] { (tenant.Within(one.Id()), two.Id()), (stranger, two.Id()), (tenant.Everything(), Guid.CreateVersion7()) })
        {
            await (await client.SendJsonAsync(HttpMethod.Put, $"/v1/organizations/{id}", body, "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
            await (await client.SendJsonAsync(HttpMethod.Patch, $"/v1/organizations/{id}", body, "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
            await (await client.SendJsonAsync(HttpMethod.Delete, $"/v1/organizations/{id}", null, "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
            await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{id}/move", new { parentId = one.Id() }, "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
            await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{id}/close", new { closedOn = "2026-06-30" }, "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
            await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{id}/reopen", null, "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
            await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{id}/identifiers", new { system = "nces", value = "1" })).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
            foreach (var list in new[] { "", "/ancestors", "/descendants", "/identifiers" })
                await (await client.SendJsonAsync(HttpMethod.Get, $"/v1/organizations/{id}{list}")).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
        }

        Assert.Equal(["One", "Two"], await tenant.StoredAsync(db => db.Organizations.OrderBy(o => o.Name).Select(o => o.Name).ToListAsync()));
    }

    [Fact]
    public async Task Bad_details_are_refused_with_their_places()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var made = await client.AddAsync("district", "Cedar");
        var address = $"/v1/organizations/{made.Id()}";

        await (await client.SendJsonAsync(HttpMethod.Put, address, new { kind = "district", name = "" }, "*")).ExpectFaultAsync("/name", "value.required");
        await (await client.SendJsonAsync(HttpMethod.Put, address, new { kind = "district", name = "x", timeZone = "Nowhere" }, "*")).ExpectFaultAsync("/timeZone", "organization.unknown_time_zone");
        await (await client.SendJsonAsync(HttpMethod.Put, address, """{"kind":"district","name":"a\u0000b"}""", "*")).ExpectProblemAsync(HttpStatusCode.BadRequest, "request.invalid_characters");
        await (await client.SendJsonAsync(HttpMethod.Put, address, """{"kind":"district","name":"x","parentId":null}""", "*")).ExpectProblemAsync(HttpStatusCode.BadRequest, "request.malformed_json");
    }

    [Fact]
    public async Task Reading_is_not_enough_to_change()
    {
        var tenant = await api.NewTenantAsync();
        var made = await tenant.Everything().AddAsync("district", "Cedar");

        var response = await tenant.Only(Scopes.OrganizationsRead).SendJsonAsync(HttpMethod.Put, $"/v1/organizations/{made.Id()}", new { kind = "district", name = "x" }, "*");

        await response.ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
    }
}
