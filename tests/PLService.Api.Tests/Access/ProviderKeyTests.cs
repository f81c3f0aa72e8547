using System.Diagnostics;
using System.Net;
using PLService.Api.Access.Providers;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Access;

/// <summary>A provider changes its keys, is asked for ones that never were, and goes away; each test has a provider and a service of its own.</summary>
public sealed class ProviderKeyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_keys_are_accepted_within_one_refresh_and_keys_that_are_gone_are_not()
    {
        await using var api = await StartAsync();
        var tenant = await api.NewTrustingTenantAsync();
        var before = await tenant.ForgeAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(tenant, before));

        await api.Oidc.RotateAsync(keep: true);
        var after = await tenant.ForgeAsync();
        Assert.Equal(HttpStatusCode.OK, await ComesToAsync(tenant, after, HttpStatusCode.OK));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(tenant, before));

        await api.Oidc.RotateAsync();
        Assert.Equal(HttpStatusCode.OK, await ComesToAsync(tenant, await tenant.ForgeAsync(), HttpStatusCode.OK));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(tenant, before));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(tenant, after));
    }

    [Fact]
    public async Task Keys_that_never_were_cost_the_provider_one_request_in_ten_seconds()
    {
        await using var api = await StartAsync();
        var tenant = await api.NewTrustingTenantAsync();
        var good = await tenant.ForgeAsync();
        var token = await tenant.ForgeAsync(header: new { kid = "unknown" });
        var before = await api.Oidc.KeyFetchesAsync();
        var clock = Stopwatch.StartNew();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => StatusAsync(tenant, Renamed(token, $"kid-{n}"))));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(tenant, good));
        var fetches = await api.Oidc.KeyFetchesAsync() - before;
        Assert.InRange(fetches, 0, 1 + (int)(clock.Elapsed / IssuerKeys.Pause));
    }

    [Fact]
    public async Task While_a_provider_is_away_known_keys_serve_and_nobody_waits()
    {
        await using var api = await StartAsync();
        var tenant = await api.NewTrustingTenantAsync();
        var (known, further) = (await tenant.ForgeAsync(), await tenant.ForgeAsync(subject: "another@example.org"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(tenant, known));
        await api.Oidc.SetAsync(new { away = true });
        var clock = Stopwatch.StartNew();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(tenant, known));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(tenant, further));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(tenant, Renamed(known, "unknown")));

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 3);
    }

    [Fact]
    public async Task A_service_that_starts_while_the_provider_is_away_says_so_and_recovers()
    {
        await using var api = await StartAsync();
        var tenant = await api.NewTrustingTenantAsync();
        var token = await tenant.ForgeAsync();
        await api.Oidc.SetAsync(new { away = true });
        await using var second = await api.StartAnotherAsync();
        using var client = new HttpClient { BaseAddress = new Uri(second.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);

        using var response = await client.GetAsync("/v1/login", Ct);

        await response.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, "auth.provider_unavailable");
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        // Whoever needs no token is not kept waiting by a bad one.
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1", Ct)).StatusCode);
        await api.Oidc.SetAsync(new { away = false });
        var clock = Stopwatch.StartNew();
        while (!(await client.GetAsync("/v1/login", Ct)).IsSuccessStatusCode)
        {
            Assert.True(clock.Elapsed < (2 * IssuerKeys.Pause) + TimeSpan.FromSeconds(5), "The provider is back, and the service has not noticed.");
            await Task.Delay(500, Ct);
        }
    }

    private static async Task<ProviderServer> StartAsync()
    {
        var api = new ProviderServer();
        await ((IAsyncLifetime)api).InitializeAsync();
        return api;
    }

    private static async Task<HttpStatusCode> StatusAsync(TrustingTenant tenant, string token) => (await tenant.With(token).GetAsync("/v1/login", Ct)).StatusCode;

    // One fetch at most is too early; the next one is not.
    private static async Task<HttpStatusCode> ComesToAsync(TrustingTenant tenant, string token, HttpStatusCode wanted)
    {
        var clock = Stopwatch.StartNew();
        HttpStatusCode status;
        while ((status = await StatusAsync(tenant, token)) != wanted && clock.Elapsed < IssuerKeys.Pause + TimeSpan.FromSeconds(3))
            await Task.Delay(250, Ct);
        return status;
    }

    private static string Renamed(string token, string kid)
    {
        var parts = token.Split('.');
        var header = System.Text.Json.Nodes.JsonNode.Parse(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(parts[0]))!;
        header["kid"] = kid;
        return $"{Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(header.ToJsonString())}.{parts[1]}.{parts[2]}";
    }
}
