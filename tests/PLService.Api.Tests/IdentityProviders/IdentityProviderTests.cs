using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Access;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.IdentityProviders;

/// <summary>Who administers a tenant says which identity providers it trusts.</summary>
public sealed class IdentityProviderTests(IdentityProviderTests.Server api) : IClassFixture<IdentityProviderTests.Server>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_provider_is_stored_as_it_was_described_with_what_is_usual_for_the_rest()
    {
        var tenant = await api.NewTenantAsync();
        var issuer = (await FakeProvider.SharedAsync()).Issuer;

        using var response = await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/identity-providers", new { name = "Sign-in", issuer, audience = "pl" });

        var made = await response.ExpectAsync(HttpStatusCode.Created);
        Assert.Equal($"/v1/identity-providers/{made.Id()}", response.Headers.Location?.OriginalString);
        Assert.Equal("\"1\"", response.Headers.ETag?.Tag);
        Assert.Equal(["RS256"], Texts(made["algorithms"]));
        Assert.Equal(["at+jwt"], Texts(made["tokenTypes"]));
        Assert.Equal(["openid", "profile", "email", "offline_access"], Texts(made["scopes"]));
        Assert.Equal(("email", "email_verified", "name"), ((string?)made["claims"]!["email"], (string?)made["claims"]!["emailVerified"], (string?)made["claims"]!["name"]));
        Assert.Equal((false, false, "active", true), ((bool)made["linkByEmail"]!, (bool)made["createPeople"]!, (string?)made["status"], (bool)made["lastCheck"]!["passed"]!));
        var stored = await tenant.StoredAsync(db => db.IdentityProviders.SingleAsync(Ct));
        Assert.Equal((made.Id(), issuer, "pl", IdentityProviderStatus.Active), (stored.Id, stored.Issuer, stored.Audience, stored.Status));
        Assert.Equal(made.ToJsonString(), (await tenant.Everything().ReadAsync($"/v1/identity-providers/{made.Id()}")).ToJsonString());
        Assert.Equal(["identityProvider.created"], await ActionsAsync(tenant));
    }

    [Fact]
    public async Task Bad_requests_are_refused_with_their_places()
    {
        var tenant = await api.NewTenantAsync();

        foreach (var (change, pointer, code) in new (Action<JsonObject>, string, string)[]
        {
            (p => p["name"] = "", "/name", "value.required"),
            (p => p["name"] = new string('n', 121), "/name", "value.too_long"),
            (p => p["issuer"] = "", "/issuer", "value.required"),
            (p => p["audience"] = "", "/audience", "value.required"),
            (p => p["audience"] = new string('a', 301), "/audience", "value.too_long"),
            (p => p["algorithms"] = new JsonArray("none"), "/algorithms", "value.unknown"),
            (p => p["algorithms"] = new JsonArray("HS256"), "/algorithms", "value.unknown"),
            (p => p["algorithms"] = new JsonArray(), "/algorithms", "value.unknown"),
            (p => p["tokenTypes"] = new JsonArray("id+jwt"), "/tokenTypes", "value.unknown"),
            (p => p["browserClientId"] = "", "/browserClientId", "value.length"),
            (p => p["deviceClientId"] = new string('c', 201), "/deviceClientId", "value.length"),
            (p => p["scopes"] = new JsonArray("two words"), "/scopes", "value.pattern"),
            (p => p["scopes"] = new JsonArray([.. Enumerable.Range(0, 21).Select(n => (JsonNode)$"s{n}")]), "/scopes", "value.pattern"),
            (p => p["claims"] = new JsonObject { ["email"] = "" }, "/claims/email", "value.required"),
            (p => p["emailDomains"] = new JsonArray("not a domain"), "/emailDomains", "value.pattern"),
            (p => p["emailDomains"] = new JsonArray("org"), "/emailDomains", "value.pattern"),
            (p => p["linkByEmail"] = true, "/emailDomains", "identity_provider.domains_needed"),
            (p => p["createPeople"] = true, "/createPeople", "identity_provider.create_needs_link"),
        })
        {
            var document = await DocumentAsync();
            change(document);
            await (await PostAsync(tenant, document)).ExpectFaultAsync(pointer, code);
        }

        Assert.Equal(0, await tenant.StoredAsync(db => db.IdentityProviders.CountAsync(Ct)));
    }

    [Fact]
    public async Task The_same_issuer_and_audience_are_trusted_once_by_a_tenant_and_by_several_tenants()
    {
        var (tenant, other) = (await api.NewTenantAsync(), await api.NewTenantAsync());
        await (await PostAsync(tenant, await DocumentAsync())).ExpectAsync(HttpStatusCode.Created);

        await (await PostAsync(tenant, await DocumentAsync())).ExpectProblemAsync(HttpStatusCode.Conflict, "identity_provider.taken");
        await (await PostAsync(other, await DocumentAsync())).ExpectAsync(HttpStatusCode.Created);

        var second = await DocumentAsync();
        second["audience"] = "another";
        var made = await (await PostAsync(tenant, second)).ExpectAsync(HttpStatusCode.Created);
        await (await PutAsync(tenant, made, new { name = "n", audience = "pl" })).ExpectProblemAsync(HttpStatusCode.Conflict, "identity_provider.taken");
    }

    [Fact]
    public async Task A_tenant_has_50_providers_at_most()
    {
        var tenant = await api.NewTenantAsync();
        var first = await (await PostAsync(tenant, await DocumentAsync())).ExpectAsync(HttpStatusCode.Created);
        await tenant.StoredAsync(async db =>
        {
            var settings = (await db.IdentityProviders.SingleAsync(Ct)).ToSettings();
            db.AddRange(Enumerable.Range(1, IdentityProvider.MaxPerTenant - 1).Select(n => IdentityProvider.Create((string)first["issuer"]!, settings with { Audience = $"a{n}" })));
            return await db.SaveChangesAsync(Ct);
        });

        var further = await DocumentAsync();
        further["audience"] = "one more";
        await (await PostAsync(tenant, further)).ExpectProblemAsync(HttpStatusCode.Conflict, "identity_provider.too_many");
    }

    [Fact]
    public async Task Everything_but_the_issuer_is_replaced_with_the_present_version()
    {
        var tenant = await api.NewTenantAsync();
        var made = await (await PostAsync(tenant, await DocumentAsync())).ExpectAsync(HttpStatusCode.Created);
        var wanted = new { name = "New", audience = "new", algorithms = new[] { "PS256", "RS256" }, linkByEmail = true, emailDomains = new[] { "Cedar.Example.org" } };

        await (await PutAsync(tenant, made, wanted, null)).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
        await (await PutAsync(tenant, made, wanted, "\"7\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        var changed = await (await PutAsync(tenant, made, wanted, made.ETag())).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(("New", "new", (string?)made["issuer"], 2L), ((string?)changed["name"], (string?)changed["audience"], (string?)changed["issuer"], (long)changed["version"]!));
        Assert.Equal(["cedar.example.org"], Texts(changed["emailDomains"]));
        await (await PutAsync(tenant, made, new { name = "n", audience = "a", issuer = "https://elsewhere.example.org" })).ExpectProblemAsync(HttpStatusCode.BadRequest, "request.malformed_json");
        await (await PutAsync(tenant, made, new { name = "n", audience = "a", algorithms = new[] { "ES256" } })).ExpectProblemAsync(HttpStatusCode.Conflict, "identity_provider.no_usable_key");
        Assert.Equal(changed.ToJsonString(), (await tenant.Everything().ReadAsync($"/v1/identity-providers/{made.Id()}")).ToJsonString());
    }

    [Fact]
    public async Task A_provider_is_disabled_enabled_and_deleted()
    {
        var tenant = await api.NewTenantAsync();
        var admin = tenant.Everything();
        var made = await (await PostAsync(tenant, await DocumentAsync())).ExpectAsync(HttpStatusCode.Created);
        var address = $"/v1/identity-providers/{made.Id()}";

        await (await admin.SendJsonAsync(HttpMethod.Post, $"{address}/enable", ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "identity_provider.not_disabled");
        var disabled = await (await admin.SendJsonAsync(HttpMethod.Post, $"{address}/disable")).ExpectAsync(HttpStatusCode.OK);
        await (await admin.SendJsonAsync(HttpMethod.Post, $"{address}/disable")).ExpectProblemAsync(HttpStatusCode.Conflict, "identity_provider.already_disabled");
        Assert.Equal("disabled", (string?)disabled["status"]);
        Assert.Single((await admin.ReadAsync("/v1/identity-providers?status=disabled"))["items"]!.AsArray());
        Assert.Empty((await admin.ReadAsync("/v1/identity-providers?status=active"))["items"]!.AsArray());
        await (await admin.SendJsonAsync(HttpMethod.Post, $"{address}/enable", ifMatch: made.ETag())).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        var enabled = await (await admin.SendJsonAsync(HttpMethod.Post, $"{address}/enable", ifMatch: disabled.ETag())).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(("active", 3L), ((string?)enabled["status"], (long)enabled["version"]!));

        await (await admin.SendJsonAsync(HttpMethod.Delete, address)).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
        await (await admin.SendJsonAsync(HttpMethod.Delete, address, ifMatch: enabled.ETag())).ExpectAsync(HttpStatusCode.NoContent);
        await (await admin.SendJsonAsync(HttpMethod.Get, address)).ExpectProblemAsync(HttpStatusCode.NotFound, "identity_provider.not_found");
        Assert.Equal(
            ["identityProvider.created", "identityProvider.deleted", "identityProvider.disabled", "identityProvider.enabled"], (await ActionsAsync(tenant)).Order());
    }

    [Fact]
    public async Task One_provider_made_under_a_key_twice_is_one()
    {
        var tenant = await api.NewTenantAsync();
        var document = await DocumentAsync();

        var first = await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/identity-providers", document, idempotencyKey: "k");
        var second = await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/identity-providers", document, idempotencyKey: "k");

        Assert.Equal((await first.ExpectAsync(HttpStatusCode.Created)).ToJsonString(), (await second.ExpectAsync(HttpStatusCode.Created)).ToJsonString());
    }

    [Fact]
    public async Task Providers_come_in_pages_the_newest_first()
    {
        var tenant = await api.NewTenantAsync();
        var made = new List<Guid>();
        for (var n = 0; n < 3; n++)
        {
            var document = await DocumentAsync();
            document["audience"] = $"a{n}";
            made.Insert(0, (await (await PostAsync(tenant, document)).ExpectAsync(HttpStatusCode.Created)).Id());
        }

        var first = await tenant.Everything().ReadAsync("/v1/identity-providers?limit=2&count=true");
        var second = await tenant.Everything().ReadAsync($"/v1/identity-providers?limit=2&cursor={first["nextCursor"]}");

        Assert.Equal(3, (long)first["count"]!);
        Assert.Equal(made, first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(p => p!.AsObject().Id()));
        Assert.Null(second["nextCursor"]);
    }

    [Fact]
    public async Task The_sign_in_of_a_tenant_is_told_to_everybody_and_names_its_active_providers_alone()
    {
        var tenant = await api.NewTenantAsync();
        var slug = (string?)(await tenant.Everything().ReadAsync("/v1/tenant"))["slug"];
        var document = await DocumentAsync();
        (document["browserClientId"], document["deviceClientId"]) = ("web", "cli");
        var shown = await (await PostAsync(tenant, document)).ExpectAsync(HttpStatusCode.Created);
        document["audience"] = "hidden";
        var hidden = await (await PostAsync(tenant, document)).ExpectAsync(HttpStatusCode.Created);
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/identity-providers/{hidden.Id()}/disable")).ExpectAsync(HttpStatusCode.OK);

        var signIn = await api.Anonymous().ReadAsync($"/v1/sign-in?tenant={slug}");

        Assert.Equal(slug, (string?)signIn["tenant"]);
        var provider = Assert.Single(signIn["providers"]!.AsArray())!.AsObject();
        Assert.Equal(
            (shown.Id(), (string?)shown["issuer"], "pl", "web", "cli"),
            (provider.Id(), (string?)provider["issuer"], (string?)provider["audience"], (string?)provider["browserClientId"], (string?)provider["deviceClientId"]));
        Assert.Equal(["audience", "browserClientId", "deviceClientId", "id", "issuer", "name", "scopes"], provider.Select(member => member.Key).Order());
        // A token of somebody else changes nothing.
        Assert.Equal(signIn.ToJsonString(), (await (await api.NewTenantAsync()).Everything().ReadAsync($"/v1/sign-in?tenant={slug}")).ToJsonString());
        await (await api.Anonymous().SendJsonAsync(HttpMethod.Get, "/v1/sign-in?tenant=nobody")).ExpectProblemAsync(HttpStatusCode.NotFound, "tenant.not_found");
        await (await api.Anonymous().SendJsonAsync(HttpMethod.Get, "/v1/sign-in")).ExpectAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_stranger_and_who_may_not_write_change_nothing()
    {
        var tenant = await api.NewTenantAsync();
        var made = await (await PostAsync(tenant, await DocumentAsync())).ExpectAsync(HttpStatusCode.Created);
        var address = $"/v1/identity-providers/{made.Id()}";

        await (await (await api.NewTenantAsync()).Everything().SendJsonAsync(HttpMethod.Post, $"{address}/disable")).ExpectProblemAsync(HttpStatusCode.NotFound, "identity_provider.not_found");
        await (await tenant.Only(Scopes.TenantRead).SendJsonAsync(HttpMethod.Post, $"{address}/disable")).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        Assert.Equal("active", (string?)(await tenant.Only(Scopes.TenantRead).ReadAsync(address))["status"]);
    }

    private static async Task<JsonObject> DocumentAsync() =>
        new() { ["name"] = "Sign-in", ["issuer"] = (await FakeProvider.SharedAsync()).Issuer, ["audience"] = "pl" };

    private static Task<HttpResponseMessage> PostAsync(TestTenant tenant, JsonObject document) =>
        tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/identity-providers", document);

    private static Task<HttpResponseMessage> PutAsync(TestTenant tenant, JsonObject made, object body, string? ifMatch = "*") =>
        tenant.Everything().SendJsonAsync(HttpMethod.Put, $"/v1/identity-providers/{made.Id()}", body, ifMatch);

    private static Task<List<string>> ActionsAsync(TestTenant tenant) => tenant.StoredAsync(db => db.AuditEvents.OrderBy(e => e.Id).Select(e => e.Action).ToListAsync(Ct));

    private static IEnumerable<string?> Texts(JsonNode? array) => array!.AsArray().Select(text => (string?)text);

    /// <summary>A service that trusts providers on this machine.</summary>
    public sealed class Server : ApiServer
    {
        protected override string[] Settings => ["Access:AllowLoopbackProviders=true"];
    }
}
