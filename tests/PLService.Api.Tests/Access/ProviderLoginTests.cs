using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Providers;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Access;

/// <summary>Which person somebody is who is signed in with an identity provider, and how that comes about.</summary>
public sealed class ProviderLoginTests(ProviderServer api) : IClassFixture<ProviderServer>
{
    private static readonly object ByEmail = new { linkByEmail = true, emailDomains = new[] { "example.org", "Cedar.example.com" } };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_is_linked_to_nobody_is_signed_in_and_may_do_nothing()
    {
        var tenant = await api.NewTrustingTenantAsync();
        var client = await tenant.AsAsync("ada", new() { ["email"] = "ada@example.org", ["email_verified"] = true, ["name"] = "Ada" });

        var login = await client.ReadAsync("/v1/login");

        Assert.Equal(
            (tenant.Tenant.Id, tenant.Provider.Id(), "ada", "ada@example.org", true, "Ada", null),
            ((Guid)login["tenantId"]!, (Guid)login["providerId"]!, (string?)login["subject"], (string?)login["email"], (bool)login["emailVerified"]!, (string?)login["name"], (string?)login["personId"]));
        foreach (var path in (string[])["/v1/me", "/v1/tenant", "/v1/organizations", "/v1/whoami"])
            await (await client.GetAsync(path, Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.not_linked");
        Assert.Equal(0, await tenant.Tenant.StoredAsync(db => db.PersonLogins.CountAsync(Ct)));
    }

    [Fact]
    public async Task Whoever_is_linked_is_that_person_with_its_roles_of_this_moment()
    {
        var tenant = await api.NewTrustingTenantAsync();
        var person = await tenant.Tenant.NewPersonAsync((Role.Viewer, null));
        await tenant.LinkAsync(person, "ada");
        var client = await tenant.AsAsync("ada");

        Assert.Equal(person.Id, (Guid)(await client.ReadAsync("/v1/me"))["personId"]!);
        Assert.Equal(person.Id, (Guid)(await client.ReadAsync("/v1/login"))["personId"]!);
        await client.ReadAsync("/v1/organizations");
        await (await client.GetAsync("/v1/tenant", Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");

        await tenant.Tenant.StoredAsync(async db =>
        {
            (await db.People.SingleAsync(p => p.Id == person.Id, Ct)).Deactivate(DateTimeOffset.UtcNow);
            return await db.SaveChangesAsync(Ct);
        });
        await (await client.GetAsync("/v1/me", Ct)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "auth.unauthenticated");
        await (await client.GetAsync("/v1/login", Ct)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "auth.unauthenticated");
    }

    [Fact]
    public async Task Who_did_it_is_the_person()
    {
        var tenant = await api.NewTrustingTenantAsync();
        var person = await tenant.Tenant.NewPersonAsync((Role.AgencyAdmin, null));
        await tenant.LinkAsync(person, "ada");

        var made = await (await tenant.AsAsync("ada")).CreateAsync("/v1/organizations", new { kind = "state", name = "State" });

        Assert.Equal(person.Id, await tenant.Tenant.StoredAsync(db => db.AuditEvents.Where(e => e.ResourceId == made.Id()).Select(e => e.PersonId).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_subject_is_one_person_for_good_and_a_second_link_to_the_same_changes_nothing()
    {
        var tenant = await api.NewTrustingTenantAsync();
        var (ada, bea) = (await tenant.Tenant.NewPersonAsync(), await tenant.Tenant.NewPersonAsync());

        Assert.Null(await tenant.LinkAsync(ada, "ada"));
        Assert.Null(await tenant.LinkAsync(ada, "ada"));
        Assert.Equal("person_login.linked_to_another", (await tenant.LinkAsync(bea, "ada"))?.Code);

        Assert.Equal(ada.Id, await tenant.Tenant.StoredAsync(db => db.PersonLogins.Select(l => l.PersonId).SingleAsync(Ct)));
        var audit = await tenant.Tenant.StoredAsync(db => db.AuditEvents.SingleAsync(e => e.Action == "personLogin.linked", Ct));
        Assert.Equal(("personLogin", ada.Id.ToString(), "invitation"), (audit.ResourceType, (string?)JsonNode.Parse(audit.Detail!)!["personId"], (string?)JsonNode.Parse(audit.Detail!)!["reason"]));
        Assert.DoesNotContain("ada", audit.Detail!.Replace(ada.Id.ToString(), "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_subject_of_another_tenant_is_somebody_else()
    {
        var (tenant, other) = (await api.NewTrustingTenantAsync(), await api.NewTrustingTenantAsync());
        await tenant.LinkAsync(await tenant.Tenant.NewPersonAsync((Role.AgencyAdmin, null)), "ada");

        await (await (await other.AsAsync("ada")).GetAsync("/v1/me", Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.not_linked");
    }

    [Fact]
    public async Task A_verified_address_of_a_listed_domain_links_the_one_person_who_has_it()
    {
        var tenant = await api.NewTrustingTenantAsync(ByEmail);
        var person = await tenant.Tenant.NewPersonAsync((Role.Viewer, null));
        var client = await tenant.AsAsync("ada", Verified(person.Email!.ToUpperInvariant()));

        // Several first requests at once: a page that opens.
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.GetAsync("/v1/me", Ct)));

        foreach (var answer in answers)
            Assert.Equal(person.Id, (Guid)(await answer.ExpectAsync(HttpStatusCode.OK))["personId"]!);
        Assert.Equal(("ada", person.Id), await tenant.Tenant.StoredAsync(async db => (await db.PersonLogins.SingleAsync(Ct)) is var login ? (login.Subject, login.PersonId) : default));
        Assert.Equal(1, await tenant.Tenant.StoredAsync(db => db.AuditEvents.CountAsync(e => e.Action == "personLogin.linked", Ct)));
        // From now on the subject counts, and no address.
        Assert.Equal(person.Id, (Guid)(await (await tenant.AsAsync("ada", Verified("new@elsewhere.example.net"))).ReadAsync("/v1/me"))["personId"]!);
    }

    [Theory]
    [InlineData("not verified", false)]
    [InlineData("says nothing of it", null)]
    [InlineData("says it otherwise", "yes")]
    [InlineData("verified as a number", 1)]
    public async Task An_address_that_the_provider_did_not_verify_links_nobody(string how, object? verified)
    {
        var tenant = await api.NewTrustingTenantAsync(ByEmail);
        var person = await tenant.Tenant.NewPersonAsync((Role.AgencyAdmin, null));
        var claims = Verified(person.Email!);
        claims["email_verified"] = verified is null ? null : JsonValue.Create(verified);

        await NobodyAsync(tenant, claims, how);
    }

    [Fact]
    public async Task An_address_links_nobody_where_the_tenant_does_not_say_so_for_its_domain()
    {
        var tenant = await api.NewTrustingTenantAsync(new { linkByEmail = true, emailDomains = new[] { "cedar.example.com" } });
        var silent = await api.NewTrustingTenantAsync(new { emailDomains = new[] { "example.org" } });
        var person = await tenant.Tenant.NewPersonAsync((Role.AgencyAdmin, null));
        var other = await silent.Tenant.NewPersonAsync((Role.AgencyAdmin, null));

        await NobodyAsync(tenant, Verified(person.Email!), "another domain");
        await NobodyAsync(silent, Verified(other.Email!), "not allowed");
        foreach (var address in (string[])["x@cedar.example.com.evil.org", "x@sub.cedar.example.com", "cedar.example.com", "x@cedar.example.com@example.org", "@"])
            await NobodyAsync(tenant, Verified(address), address);
    }

    [Fact]
    public async Task An_address_links_nobody_who_was_deactivated_and_nobody_who_is_not_there()
    {
        var tenant = await api.NewTrustingTenantAsync(new { linkByEmail = true, createPeople = true, emailDomains = new[] { "example.org" } });
        var person = await tenant.Tenant.NewPersonAsync((Role.AgencyAdmin, null));
        await tenant.Tenant.StoredAsync(async db =>
        {
            (await db.People.SingleAsync(p => p.Id == person.Id, Ct)).Deactivate(DateTimeOffset.UtcNow);
            return await db.SaveChangesAsync(Ct);
        });

        await NobodyAsync(tenant, Verified(person.Email!), "deactivated");
        await NobodyAsync(await api.NewTrustingTenantAsync(ByEmail), Verified("nobody@example.org"), "not there");
    }

    [Fact]
    public async Task Where_the_tenant_wants_it_a_person_without_roles_is_made_once()
    {
        var tenant = await api.NewTrustingTenantAsync(new { linkByEmail = true, createPeople = true, emailDomains = new[] { "example.org" } });
        var client = await tenant.AsAsync("ada", Verified("ada@example.org"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.GetAsync("/v1/me", Ct)));

        var me = await client.ReadAsync("/v1/me");
        Assert.Contains(answers, answer => answer.IsSuccessStatusCode);
        Assert.Equal(("Ada Moreno", "ada@example.org", 0), ((string?)me["name"], (string?)me["email"], me["access"]!.AsArray().Count));
        Assert.Equal(((Guid)me["personId"]!, 1), await tenant.Tenant.StoredAsync(async db => (await db.People.Select(p => p.Id).SingleAsync(Ct), await db.PersonLogins.CountAsync(Ct))));
        Assert.Equal(["person.created", "personLogin.linked"], await tenant.Tenant.StoredAsync(db =>
            db.AuditEvents.Where(e => e.ResourceType != "identityProvider").OrderBy(e => e.Action).Select(e => e.Action).ToListAsync(Ct)));
        await NobodyAsync(tenant, Verified("eve@elsewhere.example.net"), "another domain");
    }

    [Fact]
    public async Task Claims_of_other_names_are_read_where_the_tenant_says()
    {
        var tenant = await api.NewTrustingTenantAsync(new { claims = new { email = "upn", emailVerified = "xms_edov", name = "display" } });

        var login = await (await tenant.AsAsync("ada", new() { ["upn"] = "ada@example.org", ["xms_edov"] = "1", ["display"] = "Ada", ["email"] = "other@example.org" })).ReadAsync("/v1/login");

        Assert.Equal(("ada@example.org", true, "Ada"), ((string?)login["email"], (bool)login["emailVerified"]!, (string?)login["name"]));
    }

    [Fact]
    public async Task A_provider_that_people_are_linked_to_is_not_deleted()
    {
        var tenant = await api.NewTrustingTenantAsync();
        await tenant.LinkAsync(await tenant.Tenant.NewPersonAsync(), "ada");

        await (await tenant.Tenant.Everything().SendJsonAsync(HttpMethod.Delete, tenant.Address, ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "identity_provider.has_logins");
    }

    [Fact]
    public void Strangers_do_not_share_their_Idempotency_Keys_and_their_rate() => Assert.Equal(
        3, new[] { Login("a", 1), Login("b", 1), Login("a", 2), Login("a", 1) }.Select(login => CallerIdentity.Login(login.TenantId, login.Key)).Select(ActorOf).Distinct().Count());

    private static Guid ActorOf(CallerIdentity identity)
    {
        var caller = new Caller();
        caller.Become(identity);
        return caller.ActorId;
    }

    private static ProviderLogin Login(string subject, byte provider) => new(Guid.Empty, new Guid(provider, 0, 0, new byte[8]), subject, null, false, null, default);

    private static JsonObject Verified(string email) => new() { ["email"] = email, ["email_verified"] = true, ["name"] = "Ada Moreno" };

    private static async Task NobodyAsync(TrustingTenant tenant, JsonObject claims, string why)
    {
        using var response = await (await tenant.AsAsync(Guid.NewGuid().ToString(), claims)).GetAsync("/v1/me", Ct);
        Assert.True(response.StatusCode is HttpStatusCode.Forbidden, $"{why}: {(int)response.StatusCode}");
        await response.ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.not_linked");
    }
}
