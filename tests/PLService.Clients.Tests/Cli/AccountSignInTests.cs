using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Clients.Tests.Cli;

/// <summary>A person at the command line.</summary>
public sealed class AccountSignInTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Password = "seven quiet herons at dusk";

    private static readonly byte[] Key = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_signs_in_works_and_signs_out()
    {
        var (tenant, person) = await MemberAsync();
        using var pls = new Pls();

        await LoginAsync(pls, tenant, person, Password + "\n");
        var saved = await File.ReadAllTextAsync(pls.Configuration, Ct);
        Assert.DoesNotContain(Password, saved, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(pls.Configuration));

        // Each command goes on with the token that the one before it saved.
        for (var i = 0; i < 3; i++)
            Assert.Equal(person.Name, (string?)(await pls.ReadAsync("whoami"))["name"]);
        Assert.Equal(person.Name, (string?)(await pls.ReadAsync("whoami"))["name"]);
        Assert.Contains("Viewer", (await pls.RunAsync("whoami")).Expect(0).Output, StringComparison.OrdinalIgnoreCase);
        (await pls.RunAsync("orgs", "list")).Expect(0);

        (await pls.RunAsync("logout")).Expect(0);
        Assert.Equal(RevocationReason.SignedOut, await tenant.StoredAsync(db => db.PersonSessions.Select(s => s.RevokedReason).SingleAsync(Ct)));
        Assert.Contains("pls login", (await pls.RunAsync("whoami")).Expect(1).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_commands_at_the_same_time_both_work()
    {
        var (tenant, person) = await MemberAsync();
        using var pls = new Pls();
        await LoginAsync(pls, tenant, person, Password + "\n");

        var ended = await Task.WhenAll(pls.RunAsync("whoami"), pls.RunAsync("whoami"));

        Assert.All(ended, command => command.Expect(0));
        (await pls.RunAsync("whoami")).Expect(0);
    }

    [Fact]
    public async Task A_second_factor_is_asked_for()
    {
        var (tenant, person) = await MemberAsync();
        await tenant.StoredAsync(async db =>
        {
            var account = await db.Accounts.SingleAsync(Ct);
            account.SetUpAuthenticator(api.Services.GetRequiredService<AuthenticatorKeys>().Close(Key));
            account.ConfirmAuthenticator(0, DateTimeOffset.UtcNow);
            return await db.SaveChangesAsync(Ct);
        });
        using var pls = new Pls();

        Assert.Contains("sign_in.second_factor_refused", (await RunLoginAsync(pls, tenant, person, Password + "\n000000\n")).Expect(1).Errors, StringComparison.Ordinal);
        await LoginAsync(pls, tenant, person, $"{Password}\n{Totp.Code(Key, Totp.StepAt(DateTimeOffset.UtcNow))}\n");

        Assert.Equal(person.Name, (string?)(await pls.ReadAsync("whoami"))["name"]);
    }

    [Fact]
    public async Task A_wrong_password_is_not_saved_and_a_session_that_was_ended_is_told()
    {
        var (tenant, person) = await MemberAsync();
        using var pls = new Pls();
        Assert.Contains("sign_in.refused", (await RunLoginAsync(pls, tenant, person, "wrong\n")).Expect(1).Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(pls.Configuration));

        await LoginAsync(pls, tenant, person, Password + "\n");
        Assert.True((await tenant.Everything().PostAsync($"/v1/people/{person.Id}/sessions/revoke", null, Ct)).IsSuccessStatusCode);

        Assert.Contains("Your session has ended", (await pls.RunAsync("whoami")).Expect(1).Errors, StringComparison.Ordinal);
    }

    private Task<Ended> RunLoginAsync(Pls pls, TestTenant tenant, Person person, string input) =>
        pls.RunAsync(input, ["login", "--url", api.Address.AbsoluteUri, "--tenant", tenant.Slug, "--email", person.Email!]);

    private async Task LoginAsync(Pls pls, TestTenant tenant, Person person, string input) => (await RunLoginAsync(pls, tenant, person, input)).Expect(0);

    private async Task<(TestTenant Tenant, Person Person)> MemberAsync()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewPersonAsync((Role.Viewer, null));
        var hash = await api.Services.GetRequiredService<Passwords>().HashAsync(Password, Ct);
        await tenant.StoredAsync(async db =>
        {
            var account = Account.Create(person.Id, DateTimeOffset.UtcNow);
            account.SetPassword(hash, DateTimeOffset.UtcNow);
            db.Add(account);
            return await db.SaveChangesAsync(Ct);
        });
        return (tenant, person);
    }
}
