using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.Mails;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Accounts;

/// <summary>Passwords are chosen by a link, changed with the old one, and ending sessions goes with it.</summary>
public sealed class PasswordTests(WaitingServer api) : IClassFixture<WaitingServer>
{
    private const string Next = "nine loud geese at dawn";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reset_gives_a_new_password_and_ends_every_session()
    {
        var (tenant, person, signedIn) = await SignedInAsync();
        using var client = api.Anonymous();
        await RequestAsync(client, tenant, person.Email!, HttpStatusCode.Accepted);
        var token = await TokenAsync(tenant, MailKind.PasswordReset);

        await (await ConfirmAsync(client, token, Next)).ExpectAsync(HttpStatusCode.NoContent);

        await signedIn.ExpectOutAsync();
        await (await client.SignInAsync(tenant, person.Email)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.refused");
        await client.EnterAsync(tenant, person, Next, "cli");
        await (await ConfirmAsync(client, token, "eleven red kites at noon")).ExpectProblemAsync(HttpStatusCode.Conflict, "account.bad_link");
        Assert.Equal(MailKind.AccountNotice, await tenant.StoredAsync(db => db.Mails.OrderByDescending(m => m.Id).Select(m => m.Kind).FirstAsync(Ct)));
        Assert.Contains("account.passwordSet", await tenant.AuditedAsync());
    }

    [Fact]
    public async Task A_reset_unlocks_and_takes_other_links_with_it()
    {
        var (tenant, person, _) = await SignedInAsync();
        using var client = api.Anonymous();
        await tenant.StoredAsync(db => db.Accounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.LockedUntil, api.Now.AddMinutes(10)).SetProperty(a => a.FailedAttempts, 10), Ct));
        var (first, second) = (await tenant.TicketAsync(api, TicketKind.PasswordReset, person), await tenant.TicketAsync(api, TicketKind.PasswordReset, person));

        await (await ConfirmAsync(client, first, Next)).ExpectAsync(HttpStatusCode.NoContent);

        await client.EnterAsync(tenant, person, Next, "cli");
        await (await ConfirmAsync(client, second, "eleven red kites at noon")).ExpectProblemAsync(HttpStatusCode.Conflict, "account.bad_link");
    }

    [Fact]
    public async Task The_answer_is_the_same_whether_or_not_there_is_an_account_and_takes_as_long()
    {
        var (tenant, person, _) = await SignedInAsync();
        var without = await tenant.NewPersonAsync();
        using var client = api.Anonymous();
        var times = new List<TimeSpan>();
        foreach (var (slug, email) in new[] { (tenant.Slug, person.Email!), (tenant.Slug, "nobody@example.org"), (tenant.Slug, without.Email!), ("no-such-tenant", person.Email!) })
        {
            var started = Stopwatch.GetTimestamp();
            var response = await client.SendJsonAsync(HttpMethod.Post, "/v1/password-reset", new { tenant = slug, email });
            times.Add(Stopwatch.GetElapsedTime(started));
            Assert.Equal((HttpStatusCode.Accepted, ""), (response.StatusCode, await response.Content.ReadAsStringAsync(Ct)));
        }

        Assert.All(times, time => Assert.True(time > TimeSpan.FromMilliseconds(390), $"It took {time.TotalMilliseconds} ms."));
        Assert.Equal(1, await tenant.StoredAsync(db => db.Mails.CountAsync(m => m.Kind == MailKind.PasswordReset, Ct)));
    }

    [Fact]
    public async Task One_address_is_not_flooded()
    {
        var (tenant, person, _) = await SignedInAsync();
        using var client = api.Anonymous();

        for (var i = 0; i < 8; i++)
        {
            await RequestAsync(client, tenant, person.Email!, HttpStatusCode.Accepted);
            await RequestAsync(client, tenant, person.Email!, HttpStatusCode.Accepted);
            api.Wait(TimeSpan.FromSeconds(61));
        }

        Assert.Equal(5, await tenant.StoredAsync(db => db.Mails.CountAsync(m => m.Kind == MailKind.PasswordReset, Ct)));
    }

    [Fact]
    public async Task A_link_is_good_for_an_hour_and_for_its_own_account()
    {
        var (tenant, person, _) = await SignedInAsync();
        using var client = api.Anonymous();
        var token = await tenant.TicketAsync(api, TicketKind.PasswordReset, person);
        var forged = token[..^4] + (token[^4] == 'A' ? 'B' : 'A') + token[^3..];

        foreach (var wrong in new[] { "x", forged, await tenant.TicketAsync(api, TicketKind.SecondFactor, person), await tenant.TicketAsync(api, TicketKind.EmailChange, person, "x@example.org") })
            await (await ConfirmAsync(client, wrong, Next)).ExpectProblemAsync(HttpStatusCode.Conflict, "account.bad_link");
        api.Wait(TimeSpan.FromMinutes(61));
        await (await ConfirmAsync(client, token, Next)).ExpectProblemAsync(HttpStatusCode.Conflict, "account.bad_link");
    }

    [Fact]
    public async Task A_bad_password_is_told_and_the_link_stays_good()
    {
        var (tenant, person, _) = await SignedInAsync();
        using var client = api.Anonymous();
        var token = await tenant.TicketAsync(api, TicketKind.PasswordReset, person);

        await (await ConfirmAsync(client, token, "too short")).ExpectFaultAsync("/password", "password.too_short");
        await (await ConfirmAsync(client, token, new string('x', 50) + new string('y', 90))).ExpectFaultAsync("/password", "password.too_long");
        await (await ConfirmAsync(client, token, "Password2026!")).ExpectFaultAsync("/password", "password.common");
        await (await ConfirmAsync(client, token, $"{tenant.Slug} 1")).ExpectFaultAsync("/password", "password.contextual");

        await (await ConfirmAsync(client, token, Next)).ExpectAsync(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task One_changes_it_with_the_old_one_and_stays_signed_in_here_alone()
    {
        var (tenant, person, here) = await SignedInAsync();
        using var there = api.Anonymous();
        await there.EnterAsync(tenant, person, mode: "cli");

        await (await ChangeAsync(here, "not the old one", Next)).ExpectProblemAsync(HttpStatusCode.Conflict, "account.wrong_password");
        await (await ChangeAsync(here, AccountSteps.Password, AccountSteps.Password)).ExpectFaultAsync("/newPassword", "password.unchanged");
        await (await ChangeAsync(here, AccountSteps.Password, "short")).ExpectFaultAsync("/newPassword", "password.too_short");
        await (await ChangeAsync(here, AccountSteps.Password, Next)).ExpectAsync(HttpStatusCode.NoContent);

        await here.ReadAsync("/v1/me");
        await there.ExpectOutAsync();
        await there.EnterAsync(tenant, person, Next, "cli");
    }

    [Fact]
    public async Task A_stolen_access_token_cannot_try_passwords_for_ever()
    {
        var (tenant, _, thief) = await SignedInAsync();

        for (var i = 0; i < Account.MaxFailedAttempts; i++)
            await (await ChangeAsync(thief, "guess number " + i, Next)).ExpectProblemAsync(HttpStatusCode.Conflict, "account.wrong_password");

        await (await ChangeAsync(thief, AccountSteps.Password, Next)).ExpectProblemAsync(HttpStatusCode.Conflict, "account.wrong_password");
        // The refusal took nothing of it back.
        Assert.Single(await tenant.AuditedAsync(), "account.locked");
        Assert.NotNull(await tenant.StoredAsync(db => db.Accounts.Select(a => a.LockedUntil).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Whoever_has_no_account_has_no_password_to_change()
    {
        var tenant = await api.NewTenantAsync();

        await (await ChangeAsync(tenant.As(await tenant.NewPersonAsync()), "anything at all", Next)).ExpectProblemAsync(HttpStatusCode.Conflict, "account.none");
    }

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient client, string currentPassword, string newPassword) =>
        client.SendJsonAsync(HttpMethod.Put, "/v1/me/password", new { currentPassword, newPassword });

    private static Task<HttpResponseMessage> ConfirmAsync(HttpClient client, string token, string password) =>
        client.SendJsonAsync(HttpMethod.Post, "/v1/password-reset/confirm", new { token, password });

    private static async Task RequestAsync(HttpClient client, TestTenant tenant, string email, HttpStatusCode expected) =>
        Assert.Equal(expected, (await client.SendJsonAsync(HttpMethod.Post, "/v1/password-reset", new { tenant = tenant.Slug, email })).StatusCode);

    private static Task<string> TokenAsync(TestTenant tenant, MailKind kind) => tenant.TokenOfMailAsync(kind);

    private async Task<(TestTenant Tenant, Person Person, HttpClient Client)> SignedInAsync()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewMemberAsync(api);
        var client = api.Anonymous();
        await client.EnterAsync(tenant, person, mode: "cli");
        return (tenant, person, client);
    }
}
