using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Clients.Tests.Cli;

/// <summary><c>pls login</c> as a person: a code, a browser, and tokens that are renewed by themselves.</summary>
public sealed partial class PersonSignInTests(ProviderServer api) : IClassFixture<ProviderServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_confirms_the_code_in_a_browser_and_every_command_is_that_person()
    {
        var (tenant, person) = await TenantAsync(Role.Viewer);
        using var pls = new Pls();

        var ended = await LoginAsync(pls, tenant, person.Email!);

        Assert.Contains($"as {person.Name}", ended.Expect(0).Errors, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(pls.Configuration));
        var me = await pls.ReadAsync("whoami");
        Assert.Equal((person.Id.ToString(), person.Email), ((string?)me["personId"], (string?)me["email"]));
        Assert.Contains("viewer", (await pls.RunAsync("whoami")).Expect(0).Output, StringComparison.Ordinal);
        (await pls.RunAsync("orgs", "list")).Expect(0);
        (await pls.RunAsync("logout")).Expect(0);
        Assert.DoesNotContain("refreshToken", await File.ReadAllTextAsync(pls.Configuration, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_has_expired_is_renewed_and_the_new_one_is_saved()
    {
        var (tenant, person) = await TenantAsync(Role.Viewer);
        using var pls = new Pls();
        // Shorter than the time for which a token counts as good.
        await api.Oidc.SetAsync(new { ttl = 5 });
        (await LoginAsync(pls, tenant, person.Email!)).Expect(0);
        await api.Oidc.SetAsync(new { ttl = 300 });
        var before = await PersonAsync(pls);

        // Two at once: a refresh token is good once.
        var both = await Task.WhenAll(pls.RunAsync("whoami"), pls.RunAsync("whoami"));

        Assert.All(both, ended => ended.Expect(0));
        var after = await PersonAsync(pls);
        Assert.NotEqual((string?)before["accessToken"], (string?)after["accessToken"]);
        Assert.NotEqual((string?)before["refreshToken"], (string?)after["refreshToken"]);
        (await pls.RunAsync("whoami")).Expect(0);
        Assert.Equal((string?)after["accessToken"], (string?)(await PersonAsync(pls))["accessToken"]);
    }

    [Fact]
    public async Task Who_is_linked_to_nobody_is_told_so_and_stays_signed_in_for_an_invitation()
    {
        var (tenant, _) = await TenantAsync(Role.Viewer);
        using var pls = new Pls();

        var ended = (await LoginAsync(pls, tenant, "nobody@example.org")).Expect(1);

        Assert.Contains("nobody in", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("auth.not_linked", (await pls.RunAsync("whoami")).Expect(1).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_exist_is_told_before_anybody_opens_a_browser()
    {
        var (tenant, _) = await TenantAsync(Role.Viewer);
        var slug = await SlugAsync(tenant);
        using var pls = new Pls();

        Assert.Contains("has no tenant 'nobody'", (await pls.RunAsync(Login("nobody"))).Expect(1).Errors, StringComparison.Ordinal);
        Assert.Contains("There is no provider 'other'", (await pls.RunAsync([.. Login(slug), "--provider", "other"])).Expect(1).Errors, StringComparison.Ordinal);
        var without = await api.NewTrustingTenantAsync();
        Assert.Contains("no identity provider that signs programs in", (await pls.RunAsync(Login(await SlugAsync(without)))).Expect(1).Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(pls.Configuration));
    }

    private async Task<(TrustingTenant Tenant, Person Person)> TenantAsync(Role role)
    {
        var tenant = await api.NewTrustingTenantAsync(new { deviceClientId = OidcServer.DeviceClient, scopes = OidcServer.Scope.Split(' ') });
        var person = await tenant.Tenant.NewPersonAsync((role, null));
        await tenant.LinkAsync(person, person.Email!);
        return (tenant, person);
    }

    private static async Task<string> SlugAsync(TrustingTenant tenant) => (string)(await tenant.Tenant.Everything().ReadAsync("/v1/tenant"))["slug"]!;

    private string[] Login(string slug) => ["login", "--url", api.Address.AbsoluteUri, "--tenant", slug];

    private async Task<Ended> LoginAsync(Pls pls, TrustingTenant tenant, string login)
    {
        await api.Oidc.SetAsync(new { login });
        return await pls.AnswerAsync(Login(await SlugAsync(tenant)), line => Code().Match(line) is { Success: true } code ? api.Oidc.ApproveAsync(code.Groups[1].Value) : null);
    }

    private static async Task<JsonObject> PersonAsync(Pls pls) =>
        JsonNode.Parse(await File.ReadAllTextAsync(pls.Configuration, Ct))!["profiles"]!["default"]!["person"]!.AsObject();

    [GeneratedRegex("confirm this code: (\\S+)")]
    private static partial Regex Code();
}
