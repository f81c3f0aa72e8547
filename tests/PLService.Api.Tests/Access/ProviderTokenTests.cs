using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Access;

/// <summary>A token of an identity provider is good in every respect, or it is 401.</summary>
public sealed class ProviderTokenTests(ProviderServer api) : IClassFixture<ProviderServer>
{
    private static readonly RSA Rogue = RSA.Create(2048);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What is wrong, and how it is made.</summary>
    public static TheoryData<string> Faults => [.. Forgeries.Keys];

    private static Dictionary<string, Func<TrustingTenant, Task<string>>> Forgeries => new()
    {
        ["no algorithm and no signature"] = t => t.ForgeAsync(header: new { alg = "none" }, sign: new { nothing = true }),
        ["no algorithm, with a signature"] = t => t.ForgeAsync(header: new { alg = "none" }),
        ["HS256 with the public key as secret"] = t => t.ForgeAsync(header: new { alg = "HS256" }, sign: new { secret = "publicPem" }),
        ["an algorithm that the tenant does not allow"] = t => t.ForgeAsync(header: new { alg = "PS256" }),
        ["another hash"] = t => t.ForgeAsync(header: new { alg = "RS384" }),
        ["signature cut off"] = async t => (await t.ForgeAsync()) is var token ? token[..(token.LastIndexOf('.') + 1)] : "",
        ["another subject under the old signature"] = async t => TokenForge.Replace(await t.ForgeAsync(), "sub", "somebody-else"),
        ["a character of the header changed"] = async t => TokenForge.Tamper(await t.ForgeAsync(), 0),
        ["a character of the claims changed"] = async t => TokenForge.Tamper(await t.ForgeAsync(), 1),
        ["a character of the signature changed"] = async t => TokenForge.Tamper(await t.ForgeAsync(), 2),
        ["another key under the right name"] = async t => Resign(await t.ForgeAsync(), _ => { }),
        ["its own key inside"] = async t => Resign(await t.ForgeAsync(), header => (header["jwk"], header["kid"]) = (OwnKey, "own")),
        ["its own key inside, under the right name"] = async t => Resign(await t.ForgeAsync(), header => header["jwk"] = OwnKey),
        ["its own certificate inside"] = async t => Resign(await t.ForgeAsync(), header => header["x5c"] = new JsonArray("MIIB")),
        ["an address of keys inside"] = async t => Resign(await t.ForgeAsync(), header => header["jku"] = "https://rogue.example.org/keys"),
        ["an address of a certificate inside"] = async t => Resign(await t.ForgeAsync(), header => header["x5u"] = "https://rogue.example.org/certificate"),
        ["an unknown key's name on the right signature"] = t => t.ForgeAsync(header: new { kid = "unknown" }),
        ["no key's name"] = t => t.ForgeAsync(header: new { kid = (string?)null }),
        ["an empty name of a key"] = t => t.ForgeAsync(header: new { kid = "" }),
        ["a key's name of 4 KB"] = t => t.ForgeAsync(header: new { kid = new string('k', 4096) }),
        ["a critical extension that nobody knows"] = t => t.ForgeAsync(header: new { crit = new[] { "x" }, x = 1 }),
        ["the type of an id token"] = t => t.ForgeAsync(header: new { typ = "JWT" }),
        ["no type"] = t => t.ForgeAsync(header: new { typ = (string?)null }),
        ["the type of a logout token"] = t => t.ForgeAsync(header: new { typ = "logout+jwt" }),
        ["expired a minute ago"] = t => t.ForgeAsync(new() { ["exp"] = Seconds(-60) }),
        ["never expires"] = t => t.ForgeAsync(new() { ["exp"] = null }),
        ["not valid for another minute"] = t => t.ForgeAsync(new() { ["nbf"] = Seconds(60) }),
        ["of another issuer"] = t => t.ForgeAsync(new() { ["iss"] = "https://elsewhere.example.org" }),
        ["of the issuer with a slash"] = t => t.ForgeAsync(new() { ["iss"] = t.Api.Oidc.Issuer + "/" }),
        ["of no issuer"] = t => t.ForgeAsync(new() { ["iss"] = null }),
        ["of this service, signed by the provider"] = t => t.ForgeAsync(new() { ["iss"] = "http://plservice.test", ["aud"] = "plservice", ["tenant"] = t.Tenant.Id.ToString(), ["client_id"] = Guid.NewGuid().ToString() }),
        ["for another audience"] = t => t.ForgeAsync(new() { ["aud"] = "https://second.example.org" }),
        ["for several others"] = t => t.ForgeAsync(new() { ["aud"] = new JsonArray("https://second.example.org", t.Audience + "x") }),
        ["for this service as for machines"] = t => t.ForgeAsync(new() { ["aud"] = "plservice" }),
        ["for no audience"] = t => t.ForgeAsync(new() { ["aud"] = null }),
        ["of nobody"] = t => t.ForgeAsync(new() { ["sub"] = null }),
        ["of somebody with a name of 300 characters"] = t => t.ForgeAsync(new() { ["sub"] = new string('s', 300) }),
        ["of somebody with NUL in the name"] = t => t.ForgeAsync(new() { ["sub"] = "a\0b" }),
        ["garbage behind a real header"] = async t => (await t.ForgeAsync()).Split('.')[0] + ".e30.e30",
        ["encrypted in appearance"] = async t => (await t.ForgeAsync()) + ".e30.e30",
    };

    private static JsonObject OwnKey
    {
        get
        {
            var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(Rogue.ExportParameters(false)));
            return new() { ["kty"] = "RSA", ["n"] = key.N, ["e"] = key.E, ["kid"] = "own" };
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_token_with_a_fault_is_refused(string fault)
    {
        var tenant = await api.NewTrustingTenantAsync();

        await RefusedAsync(tenant, await Forgeries[fault](tenant));
        // The same subject with nothing wrong is known to be signed in.
        Assert.Equal(HttpStatusCode.OK, (await tenant.With(await tenant.ForgeAsync()).GetAsync("/v1/login", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_token_with_a_fault_is_refused_by_every_operation()
    {
        var tenant = await api.NewTrustingTenantAsync();
        var contract = await api.Anonymous().ReadAsync("/openapi/v1.json");
        var rogue = tenant.With(Resign(await tenant.ForgeAsync(), _ => { }));
        var operations = contract["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => (Path: path.Key, Method: operation.Key, Security: operation.Value!["security"]!.AsArray())))
            .Where(operation => operation.Security.Count > 0).ToList();
        Assert.True(operations.Count > 50, $"Only {operations.Count} operations were found.");

        foreach (var (path, method, _) in operations)
        {
            var address = System.Text.RegularExpressions.Regex.Replace(path, "{[^}]+}", Guid.NewGuid().ToString());
            using var response = await rogue.SendAsync(new HttpRequestMessage(HttpMethod.Parse(method), address), Ct);
            Assert.True(response.StatusCode is HttpStatusCode.Unauthorized, $"{method} {path}: {(int)response.StatusCode}");
        }
    }

    [Theory]
    [InlineData("PS256")]
    [InlineData("RS512")]
    [InlineData("ES256")]
    public async Task What_the_tenant_allows_is_accepted(string algorithm)
    {
        var tenant = await api.NewTrustingTenantAsync(new { algorithms = new[] { algorithm } });

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(tenant, await tenant.ForgeAsync(header: new { alg = algorithm })));
        await RefusedAsync(tenant, await tenant.ForgeAsync());
    }

    [Fact]
    public async Task A_second_audience_beside_ours_does_no_harm()
    {
        var tenant = await api.NewTrustingTenantAsync();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(tenant, await tenant.ForgeAsync(new() { ["aud"] = new JsonArray("https://second.example.org", tenant.Audience) })));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(tenant, await tenant.ForgeAsync(header: new { typ = "application/at+jwt" })));
    }

    [Fact]
    public async Task A_browser_signs_in_with_code_and_PKCE_and_its_id_token_is_no_access_token()
    {
        var tenant = await api.NewTrustingTenantAsync();
        var person = await tenant.Tenant.NewPersonAsync((Role.Viewer, null));
        await tenant.LinkAsync(person, "ada@example.org");

        var tokens = await api.Oidc.SignInAsync("ada@example.org", tenant.Audience);

        var access = (string)tokens["access_token"]!;
        Assert.Equal("at+jwt", new JsonWebToken(access).Typ);
        Assert.Equal(person.Id, (Guid)(await tenant.With(access).ReadAsync("/v1/me"))["personId"]!);
        await RefusedAsync(tenant, (string)tokens["id_token"]!);
    }

    [Fact]
    public async Task Where_a_provider_writes_JWT_for_everything_id_tokens_are_told_by_what_they_say()
    {
        var tenant = await api.NewTrustingTenantAsync(new { tokenTypes = new[] { "JWT", "at+jwt" }, audience = OidcServer.BrowserClient });
        var tokens = await api.Oidc.SignInAsync("ada@example.org", "https://somewhere.example.org/");

        // Its audience is the one that the tenant accepts, and its signature is right.
        Assert.Equal([OidcServer.BrowserClient], new JsonWebToken((string)tokens["id_token"]!).Audiences);
        await RefusedAsync(tenant, (string)tokens["id_token"]!);
        foreach (var claims in new JsonObject[] { new() { ["scope"] = null }, new() { ["at_hash"] = "x" }, new() { ["c_hash"] = "x" }, new() { ["typ"] = "ID" } })
        {
            claims["aud"] = OidcServer.BrowserClient;
            await RefusedAsync(tenant, await tenant.ForgeAsync(claims, new { typ = "JWT" }));
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(tenant, await tenant.ForgeAsync(new() { ["aud"] = OidcServer.BrowserClient }, new { typ = "JWT" })));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(tenant, await tenant.ForgeAsync(new() { ["aud"] = OidcServer.BrowserClient, ["scope"] = null, ["scp"] = "access" }, new { typ = "JWT" })));
    }

    [Fact]
    public async Task A_token_expires_although_it_was_used_a_moment_ago()
    {
        await api.Oidc.SetAsync(new { ttl = 3 });
        var tenant = await api.NewTrustingTenantAsync();
        var token = await api.Oidc.MachineTokenAsync(tenant.Audience);
        await api.Oidc.SetAsync(new { ttl = 300 });
        var issued = new JsonWebToken(token);
        Assert.Equal(3, (issued.ValidTo - issued.IssuedAt).TotalSeconds);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(tenant, token));
        // 30 seconds of skew are allowed: this one has a few left of them.
        var late = await tenant.ForgeAsync(new() { ["exp"] = Seconds(-25) });
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(tenant, late));

        await Task.Delay(TimeSpan.FromSeconds(6), Ct);

        await RefusedAsync(tenant, late);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(tenant, token));
    }

    [Fact]
    public async Task Where_several_tenants_trust_an_issuer_for_an_audience_the_header_decides()
    {
        var first = await api.NewTrustingTenantAsync();
        var second = await api.NewTrustingTenantAsync(new { audience = first.Audience });
        var token = await first.ForgeAsync();

        await (await first.With(token).GetAsync("/v1/login", Ct)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "auth.tenant_needed");
        foreach (var (tenant, slug) in new[] { (first, await SlugAsync(first)), (second, await SlugAsync(second)), (first, await SlugAsync(first)) })
        {
            var client = first.With(token);
            client.DefaultRequestHeaders.Add("PLService-Tenant", slug);
            Assert.Equal(tenant.Tenant.Id, (Guid)(await client.ReadAsync("/v1/login"))["tenantId"]!);
        }

        var nowhere = first.With(token);
        nowhere.DefaultRequestHeaders.Add("PLService-Tenant", await SlugAsync(await api.NewTrustingTenantAsync()));
        await (await nowhere.GetAsync("/v1/login", Ct)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "auth.unauthenticated");
    }

    [Fact]
    public async Task A_token_dies_with_the_trust_in_its_provider_and_with_what_the_tenant_allows()
    {
        var tenant = await api.NewTrustingTenantAsync();
        var admin = tenant.Tenant.Everything();
        var token = await tenant.ForgeAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(tenant, token));

        await (await admin.SendJsonAsync(HttpMethod.Post, $"{tenant.Address}/disable")).ExpectAsync(HttpStatusCode.OK);
        await RefusedAsync(tenant, token);

        await (await admin.SendJsonAsync(HttpMethod.Post, $"{tenant.Address}/enable", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(tenant, token));
        await (await admin.SendJsonAsync(HttpMethod.Put, tenant.Address, new { name = "n", audience = tenant.Audience, algorithms = new[] { "ES256" } }, "*")).ExpectAsync(HttpStatusCode.OK);
        await RefusedAsync(tenant, token);
    }

    private static long Seconds(int fromNow) => DateTimeOffset.UtcNow.AddSeconds(fromNow).ToUnixTimeSeconds();

    private static async Task<string?> SlugAsync(TrustingTenant tenant) => (string?)(await tenant.Tenant.Everything().ReadAsync("/v1/tenant"))["slug"];

    private static async Task<HttpStatusCode> StatusAsync(TrustingTenant tenant, string token) => (await tenant.With(token).GetAsync("/v1/login", Ct)).StatusCode;

    private static async Task RefusedAsync(TrustingTenant tenant, string token)
    {
        using var response = await tenant.With(token).GetAsync("/v1/login", Ct);
        await response.ExpectProblemAsync(HttpStatusCode.Unauthorized, "auth.unauthenticated");
        Assert.StartsWith("Bearer", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    // The same claims, signed with a key that nobody published.
    private static string Resign(string token, Action<JsonObject> change)
    {
        var parts = token.Split('.');
        var header = JsonNode.Parse(Base64UrlEncoder.Decode(parts[0]))!.AsObject();
        change(header);
        var text = $"{Base64UrlEncoder.Encode(header.ToJsonString())}.{parts[1]}";
        return $"{text}.{Base64UrlEncoder.Encode(TokenForge.Sign(Rogue, HashAlgorithmName.SHA256)(System.Text.Encoding.ASCII.GetBytes(text)))}";
    }
}
