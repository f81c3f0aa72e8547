using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.IdentityProviders;

/// <summary>A provider is looked at before anybody depends on it, and whatever is wrong has a code of its own.</summary>
public sealed class ProviderCheckTests(ProviderCheckTests.Server api) : IClassFixture<ProviderCheckTests.Server>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What is wrong, and the code that says so.</summary>
    public static TheoryData<string, string> Faults => new(Wrong.Select(fault => (fault.Key, fault.Value.Code)));

    private static Dictionary<string, (string Code, Action<FakeProvider> Break)> Wrong => new()
    {
        ["another issuer"] = ("identity_provider.issuer_differs", p => p.Metadata = m => m["issuer"] = "https://elsewhere.example.org"),
        ["its issuer with a slash"] = ("identity_provider.issuer_differs", p => p.Metadata = m => m["issuer"] = p.Issuer + "/"),
        ["no issuer"] = ("identity_provider.issuer_differs", p => p.Metadata = m => m.Remove("issuer")),
        ["metadata that are no object"] = ("identity_provider.not_understood", p => p.Instead = c => WriteAsync(c, "[1]")),
        ["metadata that are a web page"] = ("identity_provider.not_understood", p => p.Instead = c => WriteAsync(c, "<html></html>")),
        ["metadata nested 100 deep"] = ("identity_provider.not_understood", p => p.Instead = c => WriteAsync(c, string.Concat(Enumerable.Repeat("{\"a\":", 100)))),
        ["no keys address"] = ("identity_provider.not_understood", p => p.Metadata = m => m.Remove("jwks_uri")),
        ["keys elsewhere on this network"] = ("identity_provider.address_refused", p => p.Metadata = m => m["jwks_uri"] = "https://10.1.2.3/keys"),
        ["keys at the metadata service of a cloud"] = ("identity_provider.address_refused", p => p.Metadata = m => m["jwks_uri"] = "http://169.254.169.254/keys"),
        ["keys in a file"] = ("identity_provider.address_refused", p => p.Metadata = m => m["jwks_uri"] = "file:///etc/passwd"),
        ["keys without encryption"] = ("identity_provider.address_refused", p => p.Metadata = m => m["jwks_uri"] = "http://login.example.org/keys"),
        ["no keys"] = ("identity_provider.no_usable_key", p => p.Keys = k => k["keys"] = new JsonArray()),
        ["keys without names"] = ("identity_provider.no_usable_key", p => p.Keys = k => k["keys"]![0]!.AsObject().Remove("kid")),
        ["keys for encryption alone"] = ("identity_provider.no_usable_key", p => p.Keys = k => k["keys"]![0]!["use"] = "enc"),
        ["keys for another algorithm"] = ("identity_provider.no_usable_key", p => p.Keys = k => k["keys"]![0]!["alg"] = "PS512"),
        ["60 keys"] = ("identity_provider.too_many_keys", p => p.Keys = k => k["keys"] = new JsonArray([.. Enumerable.Range(0, 60).Select(_ => new JsonObject())])),
        ["no document"] = ("identity_provider.no_document", p => p.Instead = c => AnswerAsync(c, StatusCodes.Status404NotFound)),
        ["a failure"] = ("identity_provider.no_document", p => p.Instead = c => AnswerAsync(c, StatusCodes.Status500InternalServerError)),
        ["a redirect"] = ("identity_provider.redirects", p => p.Instead = c => RedirectAsync(c, "http://127.0.0.1:1/")),
        ["300 KB"] = ("identity_provider.too_large", p => p.Instead = c => WriteAsync(c, new string(' ', 300 * 1024))),
        ["no code for browsers"] = ("identity_provider.no_code_flow", p => p.Metadata = m => m["response_types_supported"] = new JsonArray("id_token")),
        ["nothing for devices"] = ("identity_provider.no_device_flow", p => p.Metadata = m => m.Remove("device_authorization_endpoint")),
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_provider_with_a_fault_is_not_saved(string fault, string code)
    {
        var tenant = await api.NewTenantAsync();
        await using var provider = await FakeProvider.StartAsync();
        Wrong[fault].Break(provider);

        await (await CreateAsync(tenant, provider.Issuer)).ExpectProblemAsync(HttpStatusCode.Conflict, code);

        Assert.Equal(0, await tenant.StoredAsync(db => db.IdentityProviders.CountAsync(Ct)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_provider_that_does_not_come_to_an_end_is_waited_for_5_seconds(bool begins)
    {
        var tenant = await api.NewTenantAsync();
        await using var provider = await FakeProvider.StartAsync();
        provider.Instead = async context =>
        {
            // A byte now and then, and never the last one.
            for (; begins; await Task.Delay(200, context.RequestAborted))
                await context.Response.WriteAsync(" ", context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return true;
        };
        var clock = Stopwatch.StartNew();

        await (await CreateAsync(tenant, provider.Issuer)).ExpectProblemAsync(HttpStatusCode.Conflict, "identity_provider.too_slow");

        Assert.InRange(clock.Elapsed.TotalSeconds, 4, 9);
    }

    [Fact]
    public async Task A_provider_that_is_not_there_cannot_be_reached()
    {
        var tenant = await api.NewTenantAsync();
        string issuer;
        await using (var provider = await FakeProvider.StartAsync())
            issuer = provider.Issuer;

        await (await CreateAsync(tenant, issuer)).ExpectProblemAsync(HttpStatusCode.Conflict, "identity_provider.unreachable");
    }

    [Fact]
    public async Task The_service_does_not_trust_itself() =>
        await (await CreateAsync(await api.NewTenantAsync(), "https://plservice.test")).ExpectProblemAsync(HttpStatusCode.Conflict, "identity_provider.own_issuer");

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        await using var provider = await TlsProvider.StartAsync();

        await (await CreateAsync(await api.NewTenantAsync(), provider.Issuer)).ExpectProblemAsync(HttpStatusCode.Conflict, "identity_provider.bad_certificate");
    }

    [Fact]
    public async Task A_check_writes_down_what_it_finds_and_the_provider_stays_trusted()
    {
        var tenant = await api.NewTenantAsync();
        await using var provider = await FakeProvider.StartAsync();
        var made = await (await CreateAsync(tenant, provider.Issuer)).ExpectAsync(HttpStatusCode.Created);
        Assert.Equal(["authorizationCode", "pkceS256", "deviceCode"], made["lastCheck"]!["offers"]!.AsArray().Select(offer => (string?)offer));
        provider.Keys = keys => keys["keys"] = new JsonArray();

        var found = await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/identity-providers/{made.Id()}/check")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal((false, "identity_provider.no_usable_key", "active", 2L), (
            (bool)found["lastCheck"]!["passed"]!, (string?)found["lastCheck"]!["code"], (string?)found["status"], (long)found["version"]!));
        provider.Keys = _ => { };
        var again = await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/identity-providers/{made.Id()}/check")).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal((true, null), ((bool)again["lastCheck"]!["passed"]!, (string?)again["lastCheck"]!["code"]));
    }

    private static Task<HttpResponseMessage> CreateAsync(TestTenant tenant, string issuer) => tenant.Everything().SendJsonAsync(
        HttpMethod.Post, "/v1/identity-providers", new { name = "Sign-in", issuer, audience = "pl", browserClientId = "web", deviceClientId = "cli" });

    private static async Task<bool> WriteAsync(HttpContext context, string text)
    {
        await context.Response.WriteAsync(text);
        return true;
    }

    private static Task<bool> AnswerAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.FromResult(true);
    }

    private static Task<bool> RedirectAsync(HttpContext context, string address)
    {
        context.Response.Redirect(address);
        return Task.FromResult(true);
    }

    /// <summary>A service that trusts providers on this machine.</summary>
    public sealed class Server : ApiServer
    {
        protected override string[] Settings => ["Access:AllowLoopbackProviders=true", "Access:Issuer=https://plservice.test"];
    }
}
