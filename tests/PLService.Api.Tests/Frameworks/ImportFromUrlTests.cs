using System.Net;
using PLService.Api.Tests.IdentityProviders;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Frameworks;

/// <summary>Whoever may import names addresses that this machine then calls: only such as anybody can call.</summary>
public sealed class ImportFromUrlTests(ApiServer api, ImportFromUrlTests.Trusting trusting) : IClassFixture<ApiServer>, IClassFixture<ImportFromUrlTests.Trusting>
{
    [Theory]
    [InlineData("https://127.0.0.1:1/p")]
    [InlineData("https://localhost:1/p")]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("https://10.0.0.1/p")]
    [InlineData("https://[fd00::1]/p")]
    [InlineData("http://standards.example.org/p")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:word@standards.example.org/p")]
    [InlineData("standards")]
    public async Task Addresses_outside_the_public_internet_are_refused(string url)
    {
        var tenant = await api.NewTenantAsync();
        await (await SendAsync(tenant, url)).ExpectFaultAsync("/url", "case.address_refused");
    }

    [Fact]
    public async Task A_package_is_fetched_and_taken()
    {
        var tenant = await trusting.NewTenantAsync();
        var package = CasePackages.New("From afar");
        var url = await FilePlace.PutAsync(package.ToJsonString());
        var redirect = await FilePlace.PutAsync(context => Task.Run(() => context.Response.Redirect(url)));

        var dry = await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/frameworks/import-from-url", new { url, dryRun = true })).ExpectAsync(HttpStatusCode.OK);
        var taken = await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/frameworks/import-from-url", new { url = redirect, code = "afar", publish = true })).ExpectAsync(HttpStatusCode.Created);

        Assert.Equal(dry["items"]!.ToJsonString(), taken["items"]!.ToJsonString());
        Assert.Equal(("afar", "published"), ((string?)taken["code"], (string?)taken["status"]));
    }

    [Fact]
    public async Task Where_an_address_leads_is_looked_at_each_time()
    {
        var tenant = await trusting.NewTenantAsync();
        var inside = await FilePlace.PutAsync(context => Task.Run(() => context.Response.Redirect("https://10.0.0.1/p")));
        var round = "";
        round = await FilePlace.PutAsync(context => Task.Run(() => context.Response.Redirect(round)));
        var missing = await FilePlace.PutAsync("") + "x";
        await using var tls = await TlsProvider.StartAsync();

        await (await SendAsync(tenant, inside)).ExpectFaultAsync("/url", "case.address_refused");
        await (await SendAsync(tenant, round)).ExpectFaultAsync("/url", "case.redirects");
        await (await SendAsync(tenant, missing)).ExpectFaultAsync("/url", "case.no_file");
        await (await SendAsync(tenant, tls.Issuer)).ExpectFaultAsync("/url", "case.bad_certificate");
        await (await SendAsync(tenant, "https://127.0.0.1:1")).ExpectFaultAsync("/url", "case.unreachable");
    }

    private static Task<HttpResponseMessage> SendAsync(TestTenant tenant, string url) =>
        tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/frameworks/import-from-url", new { url });

    /// <summary>A service that takes files from this machine.</summary>
    public sealed class Trusting : ApiServer
    {
        protected override string[] Settings => ["Access:AllowLoopbackProviders=true"];
    }
}
