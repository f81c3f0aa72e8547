using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Mails;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.AccessRequests;

/// <summary>Asking as somebody whom only the tenant's identity provider knows.</summary>
public sealed class StrangerRequestTests(ProviderServer api) : IClassFixture<ProviderServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_is_granted_becomes_a_person_and_is_in()
    {
        var (tenant, district) = await NewAsync();
        var client = await tenant.AsAsync("ada", Claims("ada@example.org"));

        var made = await AskAsync(client, district);
        Assert.Equal((null, tenant.Provider.Id(), "Ada Moreno", "ada@example.org", true), (
            (Guid?)made["personId"], (Guid)made["providerId"]!, (string?)made["name"], (string?)made["email"], (bool)made["emailVerified"]!));
        await (await client.GetAsync("/v1/me", Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.not_linked");
        var granted = await (await GrantAsync(tenant, made)).ExpectAsync(HttpStatusCode.OK);

        var me = await client.ReadAsync("/v1/me");
        Assert.Equal(((Guid)granted["personId"]!, "Ada Moreno", "ada@example.org"), ((Guid)me["personId"]!, (string?)me["name"], (string?)me["email"]));
        Assert.Equal(district, (Guid)Assert.Single(me["access"]!.AsArray())!["organizationId"]!);
        Assert.Equal(district, await tenant.Tenant.StoredAsync(db => db.People.Where(p => p.Id == (Guid)me["personId"]!).Select(p => p.OrganizationId).SingleAsync(Ct)));
        Assert.Equal("granted", (string?)Assert.Single((await client.ReadAsync("/v1/me/access-requests"))["items"]!.AsArray())!["status"]);
        Assert.Equal("ada@example.org", await tenant.Tenant.StoredAsync(db => db.Mails.Where(m => m.Kind == MailKind.AccessDecision).Select(m => m.RecipientAddress).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Only_the_same_login_sees_and_withdraws_it()
    {
        var (tenant, district) = await NewAsync();
        var client = await tenant.AsAsync("ada");
        var made = await AskAsync(client, district);
        var other = await tenant.AsAsync("eve");

        Assert.Empty((await other.ReadAsync("/v1/me/access-requests"))["items"]!.AsArray());
        await (await other.SendJsonAsync(HttpMethod.Post, $"/v1/access-requests/{made.Id()}/withdraw", null, "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "access_request.not_found");
        await (await other.GetAsync($"/v1/access-requests/{made.Id()}", Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.not_linked");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/access-requests", new { role = "viewer", reason = "Why", organization = new { id = district } })).ExpectProblemAsync(HttpStatusCode.Conflict, "access_request.already_open");
        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/access-requests/{made.Id()}/withdraw", null, made.ETag())).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_address_alone_makes_nobody_a_person_who_has_it()
    {
        var (tenant, district) = await NewAsync();
        var person = await tenant.Tenant.NewPersonAsync((Role.AgencyAdmin, null));
        await tenant.Tenant.StoredAsync(async db =>
        {
            (await db.People.SingleAsync(p => p.Id == person.Id, Ct)).Change(person.Details() with { OrganizationId = district });
            return await db.SaveChangesAsync(Ct);
        });
        var client = await tenant.AsAsync("ada", Claims(person.Email!.ToUpperInvariant()));
        var made = await AskAsync(client, district);
        var lead = tenant.Tenant.As(await tenant.Tenant.NewPersonAsync((Role.DistrictLead, district)));

        await (await GrantAsync(tenant, made)).ExpectProblemAsync(HttpStatusCode.Conflict, "access_request.address_taken");
        // Who could not give what that person may do does not decide who signs in as that person.
        await (await GrantAsync(tenant, made, new { personId = person.Id }, lead)).ExpectProblemAsync(HttpStatusCode.Conflict, "access_request.person_beyond_your_reach");
        await (await GrantAsync(tenant, made, new { personId = Guid.NewGuid() })).ExpectProblemAsync(HttpStatusCode.Conflict, "access_request.unknown_person");
        await (await client.GetAsync("/v1/me", Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.not_linked");
        await (await GrantAsync(tenant, made, new { personId = person.Id })).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(person.Id, (Guid)(await client.ReadAsync("/v1/me"))["personId"]!);
    }

    [Fact]
    public async Task Whoever_was_linked_meanwhile_is_the_person_who_gets_the_role()
    {
        var (tenant, district) = await NewAsync();
        var made = await AskAsync(await tenant.AsAsync("ada"), district);
        var person = await tenant.Tenant.NewPersonAsync();
        await tenant.LinkAsync(person, "ada");

        await (await GrantAsync(tenant, made, new { personId = (await tenant.Tenant.NewPersonAsync()).Id })).ExpectProblemAsync(HttpStatusCode.Conflict, "access_request.unknown_person");
        Assert.Equal(person.Id, (Guid)(await (await GrantAsync(tenant, made)).ExpectAsync(HttpStatusCode.OK))["personId"]!);
        Assert.Single((await (await tenant.AsAsync("ada")).ReadAsync("/v1/me/access-requests"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Nobody_is_written_to_at_an_address_that_no_one_vouches_for()
    {
        var (tenant, district) = await NewAsync();
        var made = await AskAsync(await tenant.AsAsync("ada", Claims("victim@example.org", verified: false)), district);

        await (await tenant.Tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/access-requests/{made.Id()}/refuse", new { note = "No." }, "*")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(0, await tenant.Tenant.StoredAsync(db => db.Mails.CountAsync(m => m.Kind == MailKind.AccessDecision, Ct)));
    }

    [Fact]
    public async Task A_tenant_that_does_not_want_it_takes_none_and_its_people_can_still_ask()
    {
        var (tenant, district) = await NewAsync();
        var changed = await (await tenant.Tenant.Everything().SendJsonAsync(HttpMethod.Put, "/v1/tenant", new { name = "T", minimumGroupSize = 5, accessRequests = false }, "*")).ExpectAsync(HttpStatusCode.OK);
        Assert.False((bool)changed["accessRequests"]!);

        await (await (await tenant.AsAsync("ada")).SendJsonAsync(HttpMethod.Post, "/v1/access-requests", new { role = "viewer", reason = "Why" })).ExpectProblemAsync(HttpStatusCode.Conflict, "access_request.not_taken");
        await AskAsync(tenant.Tenant.As(await tenant.Tenant.NewPersonAsync()), district);
    }

    private static JsonObject Claims(string email, bool verified = true) => new() { ["email"] = email, ["email_verified"] = verified, ["name"] = "Ada Moreno" };

    private static Task<JsonObject> AskAsync(HttpClient client, Guid district) =>
        client.CreateAsync("/v1/access-requests", new { role = "viewer", reason = "I teach there.", organization = new { id = district } });

    private static Task<HttpResponseMessage> GrantAsync(TrustingTenant tenant, JsonObject made, object? body = null, HttpClient? client = null) =>
        (client ?? tenant.Tenant.Everything()).SendJsonAsync(HttpMethod.Post, $"/v1/access-requests/{made.Id()}/grant", body ?? new { }, "*");

    private async Task<(TrustingTenant Tenant, Guid District)> NewAsync()
    {
        var tenant = await api.NewTrustingTenantAsync();
        return (tenant, (await tenant.Tenant.Everything().CreateAsync("/v1/organizations", new { kind = "district", name = "North" })).Id());
    }
}
