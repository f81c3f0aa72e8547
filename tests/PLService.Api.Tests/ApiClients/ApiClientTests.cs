using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.ApiClients;

public sealed class ApiClientTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_is_made_signs_in_and_knows_who_it_is()
    {
        var tenant = await api.NewTenantAsync();
        var admin = tenant.Everything();
        var district = await admin.CreateAsync("/v1/organizations", new { kind = "district", name = "Cedar" });

        var made = await CreateAsync(admin, [Scopes.OrganizationsRead, Scopes.ImportsWrite], district.Id());

        var client = await SignInAsync(made["secret"]!, Scopes.OrganizationsRead);
        var me = await client.ReadAsync("/v1/whoami");
        Assert.Equal(
            (tenant.Id, (string?)made["client"]!["clientId"], "Nightly", district.Id(), "Cedar"),
            ((Guid)me["tenantId"]!, (string?)me["clientId"], (string?)me["clientName"], (Guid)me["organizationId"]!, (string?)me["organizationName"]));
        Assert.Equal([Scopes.OrganizationsRead], me["scopes"]!.AsArray().Select(s => (string?)s));
        Assert.Single((await client.ReadAsync("/v1/organizations"))["items"]!.AsArray());
        var stored = await tenant.StoredAsync(db => db.ApiClients.SingleAsync(c => c.Id == made["client"]!.AsObject().Id(), Ct));
        Assert.Equal((district.Id(), 1L), (stored.OrganizationId!.Value, stored.Version));
        Assert.Equal([Scopes.ImportsWrite, Scopes.OrganizationsRead], stored.Scopes);
    }

    [Fact]
    public async Task The_secret_is_shown_once_and_stored_nowhere()
    {
        var tenant = await api.NewTenantAsync();
        var admin = tenant.Everything();

        var made = await CreateAsync(admin, [Scopes.OrganizationsRead]);

        var secret = (string)made["secret"]!["clientSecret"]!;
        var read = await admin.ReadAsync($"/v1/api-clients/{made["client"]!.AsObject().Id()}");
        Assert.Equal(made["client"]!.ToJsonString(), read.ToJsonString());
        Assert.Equal(secret[^4..], (string?)read["secrets"]![0]!["hint"]);
        Assert.DoesNotContain("hash", read.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(secret, (await admin.ReadAsync("/v1/audit")).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(ClientCredentials.Hash(secret), await tenant.StoredAsync(db => db.ApiClientSecrets.OrderByDescending(s => s.Id).Select(s => s.Hash).FirstAsync(Ct)));
    }

    [Fact]
    public async Task An_Idempotency_Key_would_keep_the_secret_and_is_refused()
    {
        var tenant = await api.NewTenantAsync();

        var response = await tenant.Everything().SendJsonAsync(
            HttpMethod.Post, "/v1/api-clients", new { name = "n", scopes = new[] { Scopes.OrganizationsRead } }, idempotencyKey: "k");

        await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "idempotency.not_repeatable");
        Assert.Equal(1, await tenant.StoredAsync(db => db.ApiClients.CountAsync(Ct)));
    }

    [Fact]
    public async Task Bad_requests_are_refused_with_their_places()
    {
        var admin = (await api.NewTenantAsync()).Everything();

        await (await PostAsync(admin, new { name = "", scopes = new[] { Scopes.OrganizationsRead } })).ExpectFaultAsync("/name", "value.required");
        await (await PostAsync(admin, new { name = "n", scopes = Array.Empty<string>() })).ExpectFaultAsync("/scopes", "value.required");
        await (await PostAsync(admin, new { name = "n", scopes = new[] { "everything" } })).ExpectFaultAsync("/scopes", "api_client.unknown_scope");
        await (await PostAsync(admin, """{"name":"n","scopes":[null]}""")).ExpectFaultAsync("/scopes", "api_client.unknown_scope");
    }

    [Fact]
    public async Task Two_secrets_overlap_while_a_client_changes_over()
    {
        var tenant = await api.NewTenantAsync();
        var admin = tenant.Everything();
        var made = await CreateAsync(admin, [Scopes.OrganizationsRead]);
        var address = $"/v1/api-clients/{made["client"]!.AsObject().Id()}";

        var second = await (await admin.SendJsonAsync(HttpMethod.Post, $"{address}/secrets")).ExpectAsync(HttpStatusCode.Created);
        await SignInAsync(made["secret"]!);
        await SignInAsync(second);
        await (await admin.SendJsonAsync(HttpMethod.Post, $"{address}/secrets")).ExpectProblemAsync(HttpStatusCode.Conflict, "api_client.too_many_secrets");
        await (await admin.SendJsonAsync(HttpMethod.Delete, $"{address}/secrets/{made["secret"]!.AsObject().Id()}")).ExpectAsync(HttpStatusCode.NoContent);

        await SignInAsync(second);
        Assert.Equal(HttpStatusCode.Unauthorized, (await TokenAsync(made["secret"]!)).StatusCode);
        await (await admin.SendJsonAsync(HttpMethod.Delete, $"{address}/secrets/{made["secret"]!.AsObject().Id()}")).ExpectProblemAsync(HttpStatusCode.Conflict, "api_client.secret_already_revoked");
        await (await admin.SendJsonAsync(HttpMethod.Delete, $"{address}/secrets/{Guid.CreateVersion7()}")).ExpectProblemAsync(HttpStatusCode.NotFound, "secret.not_found");
        var read = await admin.ReadAsync(address);
        Assert.Equal(3, (long)read["version"]!);
        Assert.Equal([false, true], read["secrets"]!.AsArray().Select(s => s!["revokedAt"] is not null));
    }

    [Fact]
    public async Task Secrets_that_are_asked_for_at_once_are_two_at_most()
    {
        var tenant = await api.NewTenantAsync();
        var admin = tenant.Everything();
        var id = (await CreateAsync(admin, [Scopes.OrganizationsRead]))["client"]!.AsObject().Id();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => admin.SendJsonAsync(HttpMethod.Post, $"/v1/api-clients/{id}/secrets")));

        Assert.Equal(1, answers.Count(a => a.StatusCode is HttpStatusCode.Created));
        Assert.Equal(2, await tenant.StoredAsync(db => db.ApiClientSecrets.CountAsync(s => s.ApiClientId == id && s.RevokedAt == null, Ct)));
    }

    [Fact]
    public async Task A_revoked_client_is_out_at_once_and_for_good()
    {
        var admin = (await api.NewTenantAsync()).Everything();
        var made = await CreateAsync(admin, [Scopes.OrganizationsRead]);
        var address = $"/v1/api-clients/{made["client"]!.AsObject().Id()}";
        var client = await SignInAsync(made["secret"]!);
        await client.ReadAsync("/v1/organizations");

        var revoked = await (await admin.SendJsonAsync(HttpMethod.Post, $"{address}/revoke")).ExpectAsync(HttpStatusCode.OK);

        await (await client.SendJsonAsync(HttpMethod.Get, "/v1/organizations")).ExpectProblemAsync(HttpStatusCode.Unauthorized, "auth.unauthenticated");
        Assert.NotNull(revoked["revokedAt"]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await TokenAsync(made["secret"]!)).StatusCode);
        await (await admin.SendJsonAsync(HttpMethod.Post, $"{address}/revoke")).ExpectProblemAsync(HttpStatusCode.Conflict, "api_client.already_revoked");
        await (await admin.SendJsonAsync(HttpMethod.Post, $"{address}/secrets")).ExpectProblemAsync(HttpStatusCode.Conflict, "api_client.revoked");
        await (await admin.SendJsonAsync(HttpMethod.Put, address, new { name = "n", scopes = new[] { Scopes.OrganizationsRead } }, "*"))
            .ExpectProblemAsync(HttpStatusCode.Conflict, "api_client.revoked");
        Assert.Single((await admin.ReadAsync("/v1/api-clients?revoked=true"))["items"]!.AsArray());
        Assert.Single((await admin.ReadAsync("/v1/api-clients?revoked=false"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Name_and_scopes_change_with_the_present_version()
    {
        var tenant = await api.NewTenantAsync();
        var admin = tenant.Everything();
        var made = (await CreateAsync(admin, [Scopes.OrganizationsRead]))["client"]!.AsObject();
        var address = $"/v1/api-clients/{made.Id()}";
        var body = new { name = "Weekly", scopes = new[] { Scopes.ReportsRead, Scopes.OrganizationsRead } };

        await (await admin.SendJsonAsync(HttpMethod.Put, address, body)).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
        await (await admin.SendJsonAsync(HttpMethod.Put, address, body, "\"2\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        var changed = await (await admin.SendJsonAsync(HttpMethod.Put, address, body, made.ETag())).ExpectAsync(HttpStatusCode.OK);
        var again = await (await admin.SendJsonAsync(HttpMethod.Put, address, body, "*")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(("Weekly", 2L), ((string?)changed["name"], (long)changed["version"]!));
        Assert.Equal(changed.ToJsonString(), again.ToJsonString());
        Assert.Equal([Scopes.OrganizationsRead, Scopes.ReportsRead], await tenant.StoredAsync(db => db.ApiClients.Where(c => c.Id == made.Id()).Select(c => c.Scopes).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Nobody_gives_away_scopes_that_they_do_not_have()
    {
        var tenant = await api.NewTenantAsync();
        var strong = (await CreateAsync(tenant.Everything(), [Scopes.OrganizationsRead, Scopes.OrganizationsWrite]))["client"]!.AsObject();
        var weak = tenant.Only(Scopes.ClientsRead, Scopes.ClientsWrite, Scopes.OrganizationsRead);
        var address = $"/v1/api-clients/{strong.Id()}";

        await (await PostAsync(weak, new { name = "n", scopes = new[] { Scopes.OrganizationsWrite } })).ExpectProblemAsync(HttpStatusCode.Conflict, "api_client.beyond_your_reach");
        await (await weak.SendJsonAsync(HttpMethod.Put, address, new { name = "n", scopes = new[] { Scopes.AuditRead } }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "api_client.beyond_your_reach");
        // A secret of a stronger client would be as good as its scopes.
        await (await weak.SendJsonAsync(HttpMethod.Post, $"{address}/secrets")).ExpectProblemAsync(HttpStatusCode.Conflict, "api_client.beyond_your_reach");
        Assert.Equal(1, await tenant.StoredAsync(db => db.ApiClientSecrets.CountAsync(s => s.ApiClientId == strong.Id(), Ct)));

        // Scopes that it has already are not given.
        await (await weak.SendJsonAsync(HttpMethod.Put, address, new { name = "Renamed", scopes = new[] { Scopes.OrganizationsWrite } }, "*")).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_subtree_sees_and_makes_clients_of_its_own_only()
    {
        var tenant = await api.NewTenantAsync();
        var admin = tenant.Everything();
        var (north, south) = (await admin.CreateAsync("/v1/organizations", new { kind = "region", name = "N" }), await admin.CreateAsync("/v1/organizations", new { kind = "region", name = "S" }));
        var whole = (await CreateAsync(admin, [Scopes.OrganizationsRead]))["client"]!.AsObject();
        var southern = (await CreateAsync(admin, [Scopes.OrganizationsRead], south.Id()))["client"]!.AsObject();
        var within = tenant.Within(north.Id());

        foreach (var organization in new Guid?[] { null, south.Id(), Guid.CreateVersion7() })
            await (await PostAsync(within, new { name = "n", scopes = new[] { Scopes.OrganizationsRead }, organizationId = organization })).ExpectProblemAsync(HttpStatusCode.Conflict, "api_client.beyond_your_reach");
        var own = (await CreateAsync(within, [Scopes.OrganizationsRead], north.Id()))["client"]!.AsObject();

        Assert.Equal([own.Id()], (await within.ReadAsync("/v1/api-clients"))["items"]!.AsArray().Select(c => c!.AsObject().Id()));
        Assert.Equal([southern.Id()], (await admin.ReadAsync($"/v1/api-clients?organizationId={south.Id()}"))["items"]!.AsArray().Select(c => c!.AsObject().Id()));
        var stranger = (await api.NewTenantAsync()).Everything();
        foreach (var (client, id) in new[] { (within, whole.Id()), (within, southern.Id()), (stranger, own.Id()) })
        {
            var address = $"/v1/api-clients/{id}";
            await (await client.SendJsonAsync(HttpMethod.Get, address)).ExpectProblemAsync(HttpStatusCode.NotFound, "api_client.not_found");
            await (await client.SendJsonAsync(HttpMethod.Put, address, new { name = "n", scopes = new[] { Scopes.OrganizationsRead } }, "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "api_client.not_found");
            await (await client.SendJsonAsync(HttpMethod.Post, $"{address}/secrets")).ExpectProblemAsync(HttpStatusCode.NotFound, "api_client.not_found");
            await (await client.SendJsonAsync(HttpMethod.Delete, $"{address}/secrets/{Guid.CreateVersion7()}")).ExpectProblemAsync(HttpStatusCode.NotFound, "api_client.not_found");
            await (await client.SendJsonAsync(HttpMethod.Post, $"{address}/revoke")).ExpectProblemAsync(HttpStatusCode.NotFound, "api_client.not_found");
        }

        await (await tenant.Only(Scopes.ClientsRead).SendJsonAsync(HttpMethod.Post, $"/v1/api-clients/{own.Id()}/revoke")).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
    }

    [Fact]
    public async Task Clients_come_in_pages_the_newest_first()
    {
        var admin = (await api.NewTenantAsync()).Everything();
        var made = new List<Guid>();
        for (var n = 0; n < 5; n++)
            made.Insert(0, (await CreateAsync(admin, [Scopes.OrganizationsRead]))["client"]!.AsObject().Id());

        var first = await admin.ReadAsync("/v1/api-clients?limit=4&count=true");
        var second = await admin.ReadAsync($"/v1/api-clients?limit=4&cursor={first["nextCursor"]}");

        Assert.Equal(6, (long)first["count"]!);
        Assert.Equal(made, first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Take(5).Select(c => c!.AsObject().Id()));
        Assert.Null(second["nextCursor"]);
    }

    [Fact]
    public async Task Any_token_may_ask_who_it_is_and_nobody_else()
    {
        var tenant = await api.NewTenantAsync();

        var me = await tenant.Only().ReadAsync("/v1/whoami");

        Assert.Equal((tenant.Id, null), ((Guid)me["tenantId"]!, (string?)me["organizationId"]));
        Assert.Empty(me["scopes"]!.AsArray());
        await (await api.Anonymous().SendJsonAsync(HttpMethod.Get, "/v1/whoami")).ExpectProblemAsync(HttpStatusCode.Unauthorized, "auth.unauthenticated");
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, object body) => client.SendJsonAsync(HttpMethod.Post, "/v1/api-clients", body);

    private static Task<JsonObject> CreateAsync(HttpClient client, string[] scopes, Guid? organizationId = null) =>
        client.CreateAsync("/v1/api-clients", new { name = "Nightly", scopes, organizationId });

    private async Task<HttpClient> SignInAsync(JsonNode secret, string? scope = null)
    {
        var token = await (await TokenAsync(secret, scope)).ExpectAsync(HttpStatusCode.OK);
        var client = api.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)token["access_token"]);
        return client;
    }

    private async Task<HttpResponseMessage> TokenAsync(JsonNode secret, string? scope = null)
    {
        using var client = api.Anonymous();
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{secret["clientId"]}:{secret["clientSecret"]}"));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", basic);
        return await client.PostAsync("/oauth/token", new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("scope", scope ?? "")]), Ct);
    }
}
