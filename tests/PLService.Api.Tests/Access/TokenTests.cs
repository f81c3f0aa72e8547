using System.Net;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using PLService.Api.Access;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Access;

/// <summary>A token is good in every respect, or it is 401 with a problem and the way to get a better one.</summary>
public sealed class TokenTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static readonly RSA Rogue = RSA.Create(2048);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What is wrong, and how it is made.</summary>
    public static TheoryData<string> Faults => [.. Forgeries.Keys];

    private static Dictionary<string, Func<TokenForge, string>> Forgeries => new()
    {
        ["HS256 with the public key as secret"] = f => f.Make(new() { ["alg"] = "HS256" }, sign: data => HMACSHA256.HashData(f.PublicPem, data)),
        ["RS384 with the right key"] = f => f.Make(new() { ["alg"] = "RS384" }, sign: f.SignWithOwnKey(HashAlgorithmName.SHA384)),
        ["no algorithm and no signature"] = f => f.Make(new() { ["alg"] = "none" }, sign: _ => []),
        ["no algorithm, with a signature"] = f => f.Make(new() { ["alg"] = "none" }),
        ["signature cut off"] = f => f.Make()[..(f.Make().LastIndexOf('.') + 1)],
        ["another tenant under the old signature"] = f => TokenForge.Replace(f.Make(), "tenant", Guid.NewGuid()),
        ["more scopes under the old signature"] = f => TokenForge.Replace(f.Make(), "scope", "tenant:read tenant:write"),
        ["a character of the header changed"] = f => TokenForge.Tamper(f.Make(), 0),
        ["a character of the claims changed"] = f => TokenForge.Tamper(f.Make(), 1),
        ["a character of the signature changed"] = f => TokenForge.Tamper(f.Make(), 2),
        ["expired a minute ago"] = f => f.Make(claims: new() { ["exp"] = Seconds(-60), ["nbf"] = Seconds(-900) }),
        ["never expires"] = f => f.Make(claims: new() { ["exp"] = null }),
        ["not valid for another minute"] = f => f.Make(claims: new() { ["nbf"] = Seconds(60) }),
        ["for another audience"] = f => f.Make(claims: new() { ["aud"] = "somebody-else" }),
        ["for no audience"] = f => f.Make(claims: new() { ["aud"] = null }),
        ["of another issuer"] = f => f.Make(claims: new() { ["iss"] = "https://elsewhere.example.org" }),
        ["of no issuer"] = f => f.Make(claims: new() { ["iss"] = null }),
        ["an unknown key"] = f => f.Make(new() { ["kid"] = "unknown" }, sign: TokenForge.Sign(Rogue, HashAlgorithmName.SHA256)),
        ["an unknown key's name on the right signature"] = f => f.Make(new() { ["kid"] = "unknown" }),
        ["no key's name and another key"] = f => f.Make(new() { ["kid"] = null }, sign: TokenForge.Sign(Rogue, HashAlgorithmName.SHA256)),
        ["the right key's name and another key"] = f => f.Make(sign: TokenForge.Sign(Rogue, HashAlgorithmName.SHA256)),
        ["its own key inside"] = f => f.Make(new() { ["jwk"] = OwnKey, ["kid"] = null }, sign: TokenForge.Sign(Rogue, HashAlgorithmName.SHA256)),
        ["its own key inside, under the right name"] = f => f.Make(new() { ["jwk"] = OwnKey }, sign: TokenForge.Sign(Rogue, HashAlgorithmName.SHA256)),
        ["a critical extension nobody knows, with the wrong key"] = f => f.Make(new() { ["crit"] = new[] { "x" }, ["x"] = 1 }, sign: TokenForge.Sign(Rogue, HashAlgorithmName.SHA256)),
        ["the type of an id token"] = f => f.Make(new() { ["typ"] = "JWT" }),
        ["no type"] = f => f.Make(new() { ["typ"] = null }),
        ["no tenant"] = f => f.Make(claims: new() { ["tenant"] = null }),
        ["a tenant that is none"] = f => f.Make(claims: new() { ["tenant"] = "everyone" }),
        ["no client"] = f => f.Make(claims: new() { ["client_id"] = null }),
        ["a client that does not exist"] = f => f.Make(claims: new() { ["client_id"] = Guid.NewGuid() }),
        ["an organization that is none"] = f => f.Make(claims: new() { ["organization"] = "all" }),
        ["nothing"] = _ => "",
        ["dots"] = _ => "..",
        ["garbage"] = _ => "not a token",
        ["12 KB of garbage"] = _ => new string('x', 12_000),
        ["12 KB of a tampered token"] = f => TokenForge.Replace(f.Make(), "padding", new string('x', 8_500)),
    };

    private static Dictionary<string, string> OwnKey
    {
        get
        {
            var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(Rogue.ExportParameters(false)));
            return new() { ["kty"] = "RSA", ["n"] = key.N, ["e"] = key.E };
        }
    }

    [Fact]
    public async Task A_token_that_is_right_in_every_respect_is_accepted()
    {
        var forge = new TokenForge(api, await api.NewTenantAsync());

        Assert.Equal(HttpStatusCode.OK, (await SendAsync($"Bearer {forge.Make()}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync($"bearer {forge.Make()}")).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_token_with_a_fault_is_refused(string fault)
    {
        var forge = new TokenForge(api, await api.NewTenantAsync());

        await RefusedAsync(await SendAsync($"Bearer {Forgeries[fault](forge)}"));
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Token")]
    [InlineData("BearerBearer")]
    public async Task A_good_token_under_another_scheme_is_refused(string scheme)
    {
        var forge = new TokenForge(api, await api.NewTenantAsync());

        await RefusedAsync(await SendAsync($"{scheme} {forge.Make()}"));
    }

    [Fact]
    public async Task Two_good_authorization_headers_are_refused()
    {
        var forge = new TokenForge(api, await api.NewTenantAsync());

        var answer = await RawHttp.SendAsync(api.Address, "GET", "/v1/tenant", [$"Authorization: Bearer {forge.Make()}", $"Authorization: Bearer {forge.Make()}"], Ct);

        Assert.Equal(401, answer.Status);
        Assert.Equal("auth.unauthenticated", answer.Code);
    }

    [Fact]
    public async Task Without_a_token_the_answer_says_how_to_get_one()
    {
        var response = await SendAsync(null);

        await RefusedAsync(response);
        Assert.DoesNotContain("invalid_token", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_token_without_the_scope_is_told_which_one_it_lacks()
    {
        var client = (await api.NewTenantAsync()).Only(Scopes.OrganizationsRead);

        var problem = await (await client.GetAsync("/v1/tenant", Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");

        Assert.Contains("tenant:read", (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_was_used_expires_all_the_same()
    {
        var forge = new TokenForge(api, await api.NewTenantAsync());
        // 30 seconds of skew are allowed: this one has a few left of them.
        var end = DateTimeOffset.UtcNow.AddSeconds(8);
        var token = forge.Make(claims: new() { ["nbf"] = Seconds(-900), ["exp"] = end.ToUnixTimeSeconds() - 30 });
        Assert.Equal(HttpStatusCode.OK, (await SendAsync($"Bearer {token}")).StatusCode);

        await Task.Delay(end - DateTimeOffset.UtcNow + TimeSpan.FromSeconds(1), Ct);

        await RefusedAsync(await SendAsync($"Bearer {token}"));
    }

    private static long Seconds(int fromNow) => DateTimeOffset.UtcNow.AddSeconds(fromNow).ToUnixTimeSeconds();

    private static async Task RefusedAsync(HttpResponseMessage response)
    {
        await response.ExpectProblemAsync(HttpStatusCode.Unauthorized, "auth.unauthenticated");
        Assert.StartsWith("Bearer", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SendAsync(string? authorization)
    {
        using var client = api.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/tenant");
        if (authorization is not null)
            Assert.True(request.Headers.TryAddWithoutValidation("Authorization", authorization));
        return await client.SendAsync(request, Ct);
    }
}
