using PLService.Api.Tests.Infrastructure;

namespace PLService.Clients.Tests.Cli;

public sealed class SignInTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Login_saves_a_profile_for_its_owner_alone_and_logout_forgets_it()
    {
        var tenant = await api.NewTenantAsync();
        using var pls = new Pls();

        await LoginAsync(pls, tenant);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(pls.Configuration));
        var who = await pls.ReadAsync("whoami");
        Assert.Equal((tenant.Id.ToString(), tenant.Credentials.ClientId), ((string?)who["tenantId"], (string?)who["clientId"]));
        Assert.Contains("organizations:read", who["scopes"]!.AsArray().Select(scope => (string?)scope));

        (await pls.RunAsync("logout")).Expect(0);
        Assert.Contains("pls login", (await pls.RunAsync("whoami")).Expect(1).Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(tenant.Credentials.ClientSecret, await File.ReadAllTextAsync(pls.Configuration, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_profiles_live_side_by_side()
    {
        var (first, second) = (await api.NewTenantAsync(), await api.NewTenantAsync());
        using var pls = new Pls();

        await LoginAsync(pls, first, "--profile", "one");
        await LoginAsync(pls, second, "--profile", "two");

        Assert.Equal(second.Id.ToString(), (string?)(await pls.ReadAsync("whoami"))["tenantId"]);
        Assert.Equal(first.Id.ToString(), (string?)(await pls.ReadAsync("whoami", "--profile", "one"))["tenantId"]);
        Assert.Contains("one, two", (await pls.RunAsync("whoami", "--profile", "three")).Expect(1).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_is_not_saved()
    {
        var tenant = await api.NewTenantAsync();
        using var pls = new Pls();

        var refused = (await pls.RunAsync("wrong\n", ["login", "--url", api.Address.AbsoluteUri, "--client-id", tenant.Credentials.ClientId])).Expect(1);

        Assert.Contains("oauth.invalid_client", refused.Errors, StringComparison.Ordinal);
        Assert.Empty(refused.Output);
        Assert.False(File.Exists(pls.Configuration));
    }

    [Fact]
    public async Task A_file_that_others_can_read_is_not_used()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var pls = new Pls();
        await LoginAsync(pls, await api.NewTenantAsync());
        File.SetUnixFileMode(pls.Configuration, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.Contains("chmod 600", (await pls.RunAsync("whoami")).Expect(1).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saved_secret_does_not_go_to_an_address_from_the_environment()
    {
        var tenant = await api.NewTenantAsync();
        using var pls = new Pls(new Dictionary<string, string> { ["PLSERVICE_URL"] = "http://127.0.0.1:1" });

        await LoginAsync(pls, tenant);

        Assert.Contains("PLSERVICE_URL names another service", (await pls.RunAsync("whoami")).Expect(1).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_that_is_named_comes_before_the_environment()
    {
        var tenant = await api.NewTenantAsync();
        var environment = new Dictionary<string, string>();
        using var pls = new Pls(environment);
        await LoginAsync(pls, tenant);

        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("URL", "http://127.0.0.1:1"), ("CLIENT_ID", "plc_other"), ("CLIENT_SECRET", "other")])
            environment[$"PLSERVICE_{name}"] = value;

        (await pls.RunAsync("whoami", "--profile", "default")).Expect(0);
    }

    [Fact]
    public async Task What_is_not_understood_is_a_usage_error_that_shows_nothing_on_standard_output()
    {
        using var pls = new Pls();

        var refused = (await pls.RunAsync("orgs", "list", "--kynd", "school")).Expect(64);

        Assert.Contains("--kynd", refused.Errors, StringComparison.Ordinal);
        Assert.Empty(refused.Output);
    }

    [Fact]
    public async Task Every_command_explains_itself_with_examples()
    {
        using var pls = new Pls();

        var help = (await pls.RunAsync("--help")).Expect(0).Output;

        Assert.Contains("pls login --url", help, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", help, StringComparison.Ordinal);
        Assert.Contains("Examples:", (await pls.RunAsync("orgs", "list", "--help")).Expect(0).Output, StringComparison.Ordinal);
    }

    private async Task LoginAsync(Pls pls, TestTenant tenant, params string[] more) =>
        (await pls.RunAsync(tenant.Credentials.ClientSecret + "\n", ["login", "--url", api.Address.AbsoluteUri, "--client-id", tenant.Credentials.ClientId, .. more])).Expect(0);
}
