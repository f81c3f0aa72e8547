using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PLService.Api.Access;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Access;

/// <summary>OAuth 2 client credentials, as an OAuth library meets them.</summary>
public sealed class TokenEndpointTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_gets_a_token_by_Basic_and_by_form_and_it_works(bool basic)
    {
        var tenant = await api.NewTenantAsync();

        using var response = await AskAsync(tenant.Credentials.ClientId, tenant.Credentials.ClientSecret, basic);

        var token = await response.ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(("Bearer", 900), ((string)token["token_type"]!, (int)token["expires_in"]!));
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        using var client = api.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token["access_token"]!);
        Assert.Equal(tenant.Id, (await client.ReadAsync("/v1/tenant")).Id());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wrong_secret_and_an_unknown_client_get_the_same_answer(bool basic)
    {
        var tenant = await api.NewTenantAsync();
        var unknown = ClientCredentials.WriteId(tenant.Id, Guid.NewGuid());
        var elsewhere = ClientCredentials.WriteId(Guid.NewGuid(), Guid.NewGuid());

        foreach (var (id, secret) in ((string, string)[])[
            (tenant.Credentials.ClientId, tenant.Credentials.ClientSecret + "x"),
            (tenant.Credentials.ClientId, ""),
            (unknown, tenant.Credentials.ClientSecret),
            (elsewhere, tenant.Credentials.ClientSecret),
            ("plc_nonsense", "pls_nonsense"),
            ("", "")])
        {
            using var response = await AskAsync(id, secret, basic);
            var refusal = await response.ExpectAsync(HttpStatusCode.Unauthorized);
            Assert.Equal("invalid_client", (string?)refusal["error"]);
            Assert.Equal("The client is not known, was revoked, or its secret is another.", (string?)refusal["error_description"]);
            Assert.StartsWith("Basic", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Broken_Basic_credentials_are_an_unknown_client()
    {
        foreach (var broken in (string[])["Basic", "Basic !!!", "Basic " + Convert.ToBase64String("no-colon"u8), "Basic " + Convert.ToBase64String([0xff, 0xfe, (byte)':'])])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token") { Content = Form(("grant_type", "client_credentials")) };
            request.Headers.TryAddWithoutValidation("Authorization", broken);
            using var client = api.Anonymous();
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(request, Ct)).StatusCode);
        }
    }

    [Fact]
    public async Task A_revoked_client_gets_no_token()
    {
        var tenant = await api.NewTenantAsync();
        await RevokeAsync(tenant);

        using var response = await AskAsync(tenant.Credentials.ClientId, tenant.Credentials.ClientSecret);

        Assert.Equal("invalid_client", (string?)(await response.ExpectAsync(HttpStatusCode.Unauthorized))["error"]);
    }

    [Fact]
    public async Task Fewer_scopes_can_be_asked_for_and_the_token_has_no_others()
    {
        var tenant = await api.NewTenantAsync();

        using var response = await AskAsync(tenant.Credentials.ClientId, tenant.Credentials.ClientSecret, extra: ("scope", "organizations:read  tenant:read"));

        var token = await response.ExpectAsync(HttpStatusCode.OK);
        Assert.Equal("organizations:read tenant:read", (string?)token["scope"]);
        Assert.Equal("organizations:read tenant:read", new JsonWebToken((string)token["access_token"]!).GetClaim("scope").Value);
    }

    [Theory]
    [InlineData("grant_type=client_credentials&scope=everything", "invalid_scope")]
    [InlineData("grant_type=password", "unsupported_grant_type")]
    [InlineData("scope=tenant:read", "unsupported_grant_type")]
    [InlineData("", "unsupported_grant_type")]
    public async Task A_request_that_asks_wrongly_is_told_in_the_words_of_OAuth(string form, string error)
    {
        var tenant = await api.NewTenantAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token") { Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Authorization = Basic(tenant.Credentials.ClientId, tenant.Credentials.ClientSecret);
        using var client = api.Anonymous();

        using var response = await client.SendAsync(request, Ct);

        Assert.Equal(error, (string?)(await response.ExpectAsync(HttpStatusCode.BadRequest))["error"]);
    }

    [Fact]
    public async Task The_published_keys_and_metadata_are_enough_to_check_a_token()
    {
        var tenant = await api.NewTenantAsync();
        using var anonymous = api.Anonymous();
        var metadata = await anonymous.ReadAsync("/.well-known/oauth-authorization-server");
        var keys = new JsonWebKeySet((await anonymous.ReadAsync(new Uri((string)metadata["jwks_uri"]!).AbsolutePath)).ToJsonString());
        using var response = await AskAsync(tenant.Credentials.ClientId, tenant.Credentials.ClientSecret, path: new Uri((string)metadata["token_endpoint"]!).AbsolutePath);
        var token = (string)(await response.ExpectAsync(HttpStatusCode.OK))["access_token"]!;

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = (string?)metadata["issuer"],
            ValidAudience = "plservice",
            ValidTypes = ["at+jwt"],
            ValidAlgorithms = ["RS256"],
            IssuerSigningKeys = keys.GetSigningKeys(),
        });

        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.All(keys.Keys, key => Assert.Null(key.D));
        Assert.Equal(Scopes.All.Keys.Order(StringComparer.Ordinal), metadata["scopes_supported"]!.AsArray().Select(scope => (string)scope!));
    }

    [Fact]
    public async Task A_token_dies_within_seconds_of_its_client_although_it_was_used_a_moment_ago()
    {
        var tenant = await api.NewTenantAsync();
        using var client = tenant.Everything();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/tenant", Ct)).StatusCode);
        await RevokeAsync(tenant);
        var since = Stopwatch.StartNew();

        HttpResponseMessage response;
        do
        {
            Assert.True(since.Elapsed < RevokedClients.Freshness + TimeSpan.FromSeconds(1), "The token still works.");
            await Task.Delay(100, Ct);
            response = await client.GetAsync("/v1/tenant", Ct);
        }
        while (response.StatusCode is HttpStatusCode.OK);

        await response.ExpectProblemAsync(HttpStatusCode.Unauthorized, "auth.unauthenticated");
    }

    // Past the service, as another process of it would do.
    private static Task<int> RevokeAsync(TestTenant tenant) => tenant.StoredAsync(async db =>
    {
        var client = await db.ApiClients.SingleAsync(Ct);
        Assert.Null(client.Revoke(DateTimeOffset.UtcNow));
        return await db.SaveChangesAsync(Ct);
    });

    private static AuthenticationHeaderValue Basic(string id, string secret) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private async Task<HttpResponseMessage> AskAsync(string id, string secret, bool basic = true, (string, string)? extra = null, string path = "/oauth/token")
    {
        var fields = new List<(string, string)> { ("grant_type", "client_credentials") };
        if (extra is { } more)
            fields.Add(more);
        if (!basic)
            fields.AddRange([("client_id", id), ("client_secret", secret)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Form([.. fields]) };
        if (basic)
            request.Headers.Authorization = Basic(id, secret);
        using var client = api.Anonymous();
        return await client.SendAsync(request, Ct);
    }
}
