using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Accounts;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Accounts;

/// <summary>Signing in by password: who gets in, and what whoever does not get in can learn.</summary>
public sealed class SignInTests(WaitingServer api) : IClassFixture<WaitingServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_browser_gets_a_session_whose_refresh_token_no_script_can_read()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewMemberAsync(api);
        using var browser = api.Browser();

        var response = await browser.SignInAsync(tenant, person.Email!.ToUpperInvariant());
        var tokens = (await response.ExpectAsync(HttpStatusCode.OK))["tokens"]!;

        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("plservice-refresh=plr_", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Null(tokens["refreshToken"]);
        Assert.InRange((int)tokens["expiresIn"]!, 600, 900);

        browser.Use(tokens);
        Assert.Equal(person.Id, (Guid)(await browser.ReadAsync("/v1/me"))["personId"]!);
        var session = await tenant.StoredAsync(db => db.PersonSessions.SingleAsync(Ct));
        Assert.Equal(("Firefox on Windows", SessionClient.Browser, false), (session.Device, session.Client, session.Remembered));
        Assert.Equal(["session.opened"], await tenant.AuditedAsync());
    }

    [Fact]
    public async Task Whoever_wants_to_be_remembered_gets_a_cookie_that_outlives_the_browser()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewMemberAsync(api);

        var response = await api.Browser().SignInAsync(tenant, person.Email, remember: true);

        Assert.Contains("expires=", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_command_line_gets_its_refresh_token_in_the_answer_and_no_cookie()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewMemberAsync(api);

        var response = await api.Anonymous().SignInAsync(tenant, person.Email, mode: "cli");

        Assert.StartsWith("plr_", (string?)(await response.ExpectAsync(HttpStatusCode.OK))["tokens"]!["refreshToken"], StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_refusal_does_not_tell_what_there_is()
    {
        var tenant = await api.NewTenantAsync();
        var elsewhere = await api.NewTenantAsync();
        var person = await tenant.NewMemberAsync(api);
        var without = await tenant.NewPersonAsync();
        var gone = await tenant.NewMemberAsync(api);
        await tenant.StoredAsync(async db =>
        {
            (await db.People.SingleAsync(p => p.Id == gone.Id, Ct)).Deactivate(DateTimeOffset.UtcNow);
            return await db.SaveChangesAsync(Ct);
        });
        using var client = api.Anonymous();

        var answers = new List<string>();
        foreach (var (slug, email, password) in new[]
        {
            (tenant.Slug, person.Email, "another password"),
            (tenant.Slug, "nobody@example.org", AccountSteps.Password),
            (tenant.Slug, "no\0body@example.org", AccountSteps.Password),
            (tenant.Slug, without.Email, AccountSteps.Password),
            (tenant.Slug, gone.Email, AccountSteps.Password),
            (elsewhere.Slug, person.Email, AccountSteps.Password),
            ("no-such-tenant", person.Email, AccountSteps.Password),
        })
        {
            var response = await client.SendJsonAsync(HttpMethod.Post, "/v1/sign-in", new { tenant = slug, email, password });
            var problem = await response.ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.refused");
            problem.Remove("traceId");
            answers.Add($"{response.Headers.WwwAuthenticate} {problem}");
        }

        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task A_refusal_takes_as_long_for_an_address_that_is_unknown()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewMemberAsync(api);
        using var client = api.Anonymous();
        var times = new Dictionary<string, List<TimeSpan>> { [person.Email!] = [], ["nobody@example.org"] = [] };

        // By turns, so that what else runs on the machine slows both.
        for (var i = 0; i < 7; i++)
        {
            foreach (var (email, taken) in times)
            {
                var started = Stopwatch.GetTimestamp();
                await (await client.SignInAsync(tenant, email, "wrong password")).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.refused");
                taken.Add(Stopwatch.GetElapsedTime(started));
            }
        }

        var medians = times.Values.Select(taken => taken.Order().ElementAt(3).TotalMilliseconds).ToList();
        Assert.InRange(medians[0] / medians[1], 0.6, 1.7);
    }

    [Fact]
    public async Task Ten_wrong_attempts_lock_the_account_for_a_quarter_of_an_hour()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewMemberAsync(api);
        using var client = api.Anonymous();

        for (var attempt = 0; attempt < Account.MaxFailedAttempts; attempt++)
            await (await client.SignInAsync(tenant, person.Email, "wrong password " + attempt)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.refused");
        await (await client.SignInAsync(tenant, person.Email)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.refused");
        Assert.Contains("account.locked", await tenant.AuditedAsync());

        api.Wait(Account.LockTime - TimeSpan.FromSeconds(30));
        await (await client.SignInAsync(tenant, person.Email)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.refused");
        api.Wait(TimeSpan.FromSeconds(31));
        await client.EnterAsync(tenant, person, mode: "cli");
        Assert.Equal(0, await tenant.StoredAsync(db => db.Accounts.Select(a => a.FailedAttempts).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Guesses_at_the_same_time_are_counted_each()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewMemberAsync(api);
        using var client = api.Anonymous();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => client.SignInAsync(tenant, person.Email, "guess number " + i)));

        await (await client.SignInAsync(tenant, person.Email)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.refused");
        Assert.Equal(Account.MaxFailedAttempts, await tenant.StoredAsync(db => db.Accounts.Select(a => a.FailedAttempts).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_password_is_the_same_however_its_letters_are_composed()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewMemberAsync(api, "größte Überraschung café");

        await api.Anonymous().EnterAsync(tenant, person, "gro\u0308ßte U\u0308berraschung cafe\u0301", "cli");
    }

    [Fact]
    public async Task A_tenant_can_do_without_local_accounts()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewMemberAsync(api);
        using var client = api.Anonymous();
        var tokens = await client.EnterAsync(tenant, person, mode: "cli");
        Assert.True((bool)(await tenant.Everything().ReadAsync("/v1/tenant"))["localAccounts"]!);
        using var signedIn = api.Anonymous();
        signedIn.DefaultRequestHeaders.Authorization = new("Bearer", (string)tokens["accessToken"]!);
        await signedIn.ReadAsync("/v1/me");

        await (await tenant.Everything().SendJsonAsync(HttpMethod.Put, "/v1/tenant", new { name = "T", minimumGroupSize = 5, localAccounts = false }, "*")).ExpectAsync(HttpStatusCode.OK);

        await (await client.SignInAsync(tenant, person.Email)).ExpectProblemAsync(HttpStatusCode.Conflict, "account.local_accounts_off");
        await (await client.RefreshAsync((string?)tokens["refreshToken"])).ExpectProblemAsync(HttpStatusCode.Conflict, "account.local_accounts_off");
        // What was given before is worth nothing from now on.
        using var ended = await signedIn.GetAsync("/v1/me", TestContext.Current.CancellationToken);
        await ended.ExpectAsync(HttpStatusCode.Unauthorized);
        // Who says nothing of it changes nothing of it.
        var changed = await (await tenant.Everything().SendJsonAsync(HttpMethod.Put, "/v1/tenant", new { name = "T", minimumGroupSize = 5 }, "*")).ExpectAsync(HttpStatusCode.OK);
        Assert.False((bool)changed["localAccounts"]!);
    }

    [Theory]
    [InlineData("""{"email":"a@example.org","password":"x","tenant":""}""", "/tenant", "value.required")]
    [InlineData("""{"email":"","password":"x","tenant":"t"}""", "/email", "value.required")]
    [InlineData("""{"email":"a@example.org","password":"","tenant":"t"}""", "/password", "value.required")]
    public async Task What_is_missing_is_told(string body, string pointer, string code) =>
        await (await api.Anonymous().SendJsonAsync(HttpMethod.Post, "/v1/sign-in", body)).ExpectFaultAsync(pointer, code);
}
