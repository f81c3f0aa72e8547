using System.Net;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.IdentityProviders;

/// <summary>Whoever administers a tenant names addresses that this machine then calls: only such as anybody can call.</summary>
public sealed class ProviderAddressTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Theory]
    [InlineData("https://127.0.0.1:1")]
    [InlineData("https://localhost:1")]
    [InlineData("https://[::1]:1")]
    [InlineData("https://[::ffff:127.0.0.1]:1")]
    [InlineData("https://2130706433")]
    [InlineData("https://0x7f000001")]
    [InlineData("https://0.0.0.0")]
    [InlineData("https://10.0.0.1")]
    [InlineData("https://100.64.0.1")]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("https://192.168.0.1")]
    [InlineData("https://[fd00::1]")]
    [InlineData("https://[fe80::1]")]
    public async Task Addresses_outside_the_public_internet_are_refused_before_anything_is_sent(string issuer) =>
        await (await CreateAsync(api, issuer)).ExpectProblemAsync(HttpStatusCode.Conflict, "identity_provider.address_refused");

    [Theory]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://login.example.org")]
    [InlineData("ftp://login.example.org")]
    [InlineData("file:///etc/passwd")]
    [InlineData("login.example.org")]
    [InlineData("https://")]
    [InlineData("https://login.example.org/?x=1")]
    [InlineData("https://login.example.org/#x")]
    [InlineData("https://user:word@login.example.org")]
    [InlineData("https://login.example.org/a b")]
    public async Task What_is_no_issuer_is_told_at_its_place(string issuer) =>
        await (await CreateAsync(api, issuer)).ExpectFaultAsync("/issuer", "identity_provider.bad_issuer");

    [Fact]
    public async Task A_network_that_the_settings_name_is_let_through()
    {
        await using var own = new OwnNetwork();
        await own.InitializeAsync();

        // Nobody is there, but it was let through.
        await (await CreateAsync(own, "https://127.0.0.1:1")).ExpectProblemAsync(HttpStatusCode.Conflict, "identity_provider.unreachable");
        await (await CreateAsync(own, "https://10.0.0.1")).ExpectProblemAsync(HttpStatusCode.Conflict, "identity_provider.address_refused");
    }

    private static async Task<HttpResponseMessage> CreateAsync(ApiServer server, string issuer) => await (await server.NewTenantAsync()).Everything()
        .SendJsonAsync(HttpMethod.Post, "/v1/identity-providers", new { name = "Sign-in", issuer, audience = "pl" });

    /// <summary>A service whose provider is in a network of its own.</summary>
    private sealed class OwnNetwork : ApiServer
    {
        protected override string[] Settings => ["Access:ProviderNetworks:0=127.0.0.0/8"];
    }
}
