using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Support;

/// <summary>Those who run the service see what a tenant grants, while it does, and each look is written down.</summary>
public sealed class SupportAccessTests(SupportAccessTests.Server api) : IClassFixture<SupportAccessTests.Server>
{
    private const string Key = "plo_a key that only this test knows";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Support_reads_what_the_role_reads_and_changes_nothing()
    {
        var (tenant, district, other) = await TenantAsync();
        await GrantAsync(tenant, new { reason = "A report lacks a school.", role = "districtLead", organizationId = district });
        var support = await SupportAsync(tenant);

        await (await support.GetAsync($"/v1/organizations/{district}", Ct)).ExpectAsync(HttpStatusCode.OK);
        await (await support.GetAsync($"/v1/organizations/{other}", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
        await (await support.SendJsonAsync(HttpMethod.Patch, $"/v1/organizations/{district}", new { name = "Changed" }, "*"))
            .ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        await (await support.GetAsync("/v1/me", Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.wrong_caller");
        await (await support.GetAsync("/v1/api-clients", Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
    }

    [Fact]
    public async Task Every_look_is_in_the_audit_trail_with_who_it_was()
    {
        var (tenant, district, _) = await TenantAsync();
        var grant = await GrantAsync(tenant, new { reason = "A look." });
        var support = await SupportAsync(tenant);

        await support.GetAsync($"/v1/organizations/{district}", Ct);
        await support.GetAsync("/v1/api-clients", Ct);

        var events = await tenant.Everything().ReadAsync($"/v1/audit?resourceId={grant.Id()}&action=supportGrant.read");
        Assert.Equal(
            [("jordan", "ListApiClients"), ("jordan", "GetOrganization")],
            events["items"]!.AsArray().Select(e => ((string?)e!["detail"]!["operator"], (string?)e["detail"]!["operation"])));
    }

    [Fact]
    public async Task Nobody_looks_without_a_grant_or_after_its_end()
    {
        var (tenant, district, _) = await TenantAsync();
        await (await StartAsync(tenant, "jordan", Key)).ExpectProblemAsync(HttpStatusCode.Conflict, "support.not_granted");
        var grant = await GrantAsync(tenant, new { reason = "A look." });
        var support = await SupportAsync(tenant);

        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/support-grants/{grant.Id()}/end", null, grant.ETag())).ExpectAsync(HttpStatusCode.OK);

        await (await support.GetAsync($"/v1/organizations/{district}", Ct)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "auth.unauthenticated");
        await (await StartAsync(tenant, "jordan", Key)).ExpectProblemAsync(HttpStatusCode.Conflict, "support.not_granted");
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/support-grants/{grant.Id()}/end", null, "*"))
            .ExpectProblemAsync(HttpStatusCode.Conflict, "support_grant.has_ended");
    }

    [Fact]
    public async Task A_grant_of_one_tenant_opens_no_other()
    {
        var (granting, _, _) = await TenantAsync();
        var (silent, district, _) = await TenantAsync();
        await GrantAsync(granting, new { reason = "A look." });

        await (await StartAsync(silent, "jordan", Key)).ExpectProblemAsync(HttpStatusCode.Conflict, "support.not_granted");
        await (await (await SupportAsync(granting)).GetAsync($"/v1/organizations/{district}", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
    }

    [Theory]
    [InlineData("jordan", "plo_wrong")]
    [InlineData("nobody", Key)]
    [InlineData("Jordan", Key)]
    public async Task A_wrong_operator_or_key_is_refused(string name, string key)
    {
        var (tenant, _, _) = await TenantAsync();
        await GrantAsync(tenant, new { reason = "A look." });

        await (await StartAsync(tenant, name, key)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "support.unknown_operator");
    }

    [Fact]
    public async Task A_grant_has_a_reason_and_lasts_72_hours_at_most()
    {
        var (tenant, _, _) = await TenantAsync();
        var everything = tenant.Everything();

        await (await everything.SendJsonAsync(HttpMethod.Post, "/v1/support-grants", new { reason = "" })).ExpectFaultAsync("/reason", "value.required");
        await (await everything.SendJsonAsync(HttpMethod.Post, "/v1/support-grants", new { reason = "Long", hours = 73 })).ExpectFaultAsync("/hours", "value.out_of_range");
        await (await everything.SendJsonAsync(HttpMethod.Post, "/v1/support-grants", new { reason = "Where?", organizationId = Guid.NewGuid() }))
            .ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
        var grant = await GrantAsync(tenant, new { reason = "Long", hours = 72 });
        Assert.Equal(72, (grant["expiresAt"]!.GetValue<DateTimeOffset>() - grant["createdAt"]!.GetValue<DateTimeOffset>()).TotalHours, 1);
    }

    [Fact]
    public async Task An_admin_sees_what_a_role_sees_and_changes_nothing_meanwhile()
    {
        var (tenant, district, other) = await TenantAsync();
        var admin = tenant.As(await tenant.NewPersonAsync((Role.AgencyAdmin, null)));

        await (await ViewAsync(admin, HttpMethod.Get, "/v1/api-clients", "viewer")).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        await (await ViewAsync(admin, HttpMethod.Get, $"/v1/organizations/{other}", "viewer")).ExpectAsync(HttpStatusCode.OK);
        await (await ViewAsync(admin, HttpMethod.Get, $"/v1/organizations/{district}", $"viewer@{district}")).ExpectAsync(HttpStatusCode.OK);
        await (await ViewAsync(admin, HttpMethod.Get, $"/v1/organizations/{other}", $"viewer@{district}")).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
        var me = await (await ViewAsync(admin, HttpMethod.Get, "/v1/me", $"facilitator@{district}")).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal("facilitator", (string?)Assert.Single(Assert.Single(me["access"]!.AsArray())!["roles"]!.AsArray()));
        await (await ViewAsync(admin, HttpMethod.Post, "/v1/organizations", "districtLead")).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.view_as_reads_only");
    }

    [Fact]
    public async Task Only_admins_view_as_another_role_and_only_below_where_they_are_one()
    {
        var (tenant, district, other) = await TenantAsync();
        var admin = tenant.As(await tenant.NewPersonAsync((Role.AgencyAdmin, district), (Role.Viewer, other)));
        var lead = tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, district)));

        await (await ViewAsync(lead, HttpMethod.Get, "/v1/me", "viewer")).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.view_as_admins_only");
        await (await ViewAsync(tenant.Everything(), HttpMethod.Get, "/v1/whoami", "viewer")).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.view_as_admins_only");
        await (await ViewAsync(admin, HttpMethod.Get, "/v1/me", $"districtLead@{other}")).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
        await (await ViewAsync(admin, HttpMethod.Get, $"/v1/organizations/{other}", "districtLead")).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
        foreach (var wrong in new[] { "boss", "3", "Viewer", "viewer@", "viewer@here", "@" })
            await (await ViewAsync(admin, HttpMethod.Get, "/v1/me", wrong)).ExpectProblemAsync(HttpStatusCode.BadRequest, "auth.bad_view_as");
    }

    private static async Task<HttpResponseMessage> ViewAsync(HttpClient client, HttpMethod method, string address, string role)
    {
        using var request = new HttpRequestMessage(method, address) { Headers = { { "PLService-View-As", role } } };
        if (method == HttpMethod.Post)
            request.Content = new StringContent("""{"kind":"school","name":"New"}""", Encoding.UTF8, "application/json");
        return await client.SendAsync(request, Ct);
    }

    private static Task<JsonObject> GrantAsync(TestTenant tenant, object body) => tenant.Everything().CreateAsync("/v1/support-grants", body);

    private async Task<HttpClient> SupportAsync(TestTenant tenant)
    {
        var session = await (await StartAsync(tenant, "jordan", Key)).ExpectAsync(HttpStatusCode.OK);
        var client = api.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)session["accessToken"]);
        return client;
    }

    private async Task<HttpResponseMessage> StartAsync(TestTenant tenant, string name, string key)
    {
        var slug = (string?)(await tenant.Everything().ReadAsync("/v1/tenant"))["slug"];
        using var anonymous = api.Anonymous();
        return await anonymous.SendJsonAsync(HttpMethod.Post, "/v1/support-sessions", new { @operator = name, key, tenant = slug });
    }

    private async Task<(TestTenant Tenant, Guid District, Guid Other)> TenantAsync()
    {
        var tenant = await api.NewTenantAsync();
        var everything = tenant.Everything();
        return (tenant, (await everything.CreateAsync("/v1/organizations", new { kind = "district", name = "North" })).Id(),
            (await everything.CreateAsync("/v1/organizations", new { kind = "district", name = "South" })).Id());
    }

    public sealed class Server : ApiServer
    {
        protected override string[] Settings => [$"Support:Operators:jordan={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))}"];
    }
}
