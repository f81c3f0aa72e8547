using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Accounts;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Accounts;

/// <summary>Refresh tokens are good once, and one that comes back was copied.</summary>
public sealed class RefreshTests(WaitingServer api) : IClassFixture<WaitingServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_browser_goes_on_by_its_cookie()
    {
        var (_, browser) = await SignedInAsync();

        for (var i = 0; i < 3; i++)
        {
            var tokens = await (await browser.RefreshAsync()).ExpectAsync(HttpStatusCode.OK);
            Assert.Null(tokens["refreshToken"]);
            browser.Use(tokens);
            await browser.ReadAsync("/v1/me");
            api.Wait(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task A_copied_token_puts_out_the_thief_and_the_victim()
    {
        var (tenant, victim, first) = await CliAsync();
        var stolen = (string)first["refreshToken"]!;
        var second = await (await victim.RefreshAsync(stolen)).ExpectAsync(HttpStatusCode.OK);
        victim.Use(second);
        await victim.ReadAsync("/v1/me");

        api.Wait(PersonSession.Grace + TimeSpan.FromSeconds(1));
        using var thief = api.Anonymous();
        await (await thief.RefreshAsync(stolen)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.session_ended");

        await victim.ExpectOutAsync();
        await (await victim.RefreshAsync((string?)second["refreshToken"])).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.session_ended");
        Assert.Equal(RevocationReason.TokenReused, await tenant.StoredAsync(db => db.PersonSessions.Select(s => s.RevokedReason).SingleAsync(Ct)));
        Assert.Contains("session.revoked", await tenant.AuditedAsync());
    }

    [Fact]
    public async Task A_thief_who_is_first_is_put_out_when_the_victim_comes()
    {
        var (_, victim, first) = await CliAsync();
        using var thief = api.Anonymous();
        var theirs = await (await thief.RefreshAsync((string?)first["refreshToken"])).ExpectAsync(HttpStatusCode.OK);
        api.Wait(PersonSession.Grace + TimeSpan.FromSeconds(1));

        await (await victim.RefreshAsync((string?)first["refreshToken"])).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.session_ended");

        thief.Use(theirs);
        await thief.ExpectOutAsync();
        await (await thief.RefreshAsync((string?)theirs["refreshToken"])).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.session_ended");
    }

    [Fact]
    public async Task Tabs_that_refresh_at_the_same_time_stay_signed_in_with_the_same_next_token()
    {
        var (tenant, client, first) = await CliAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.RefreshAsync((string?)first["refreshToken"])));

        var next = new List<JsonObject>();
        foreach (var answer in answers)
            next.Add(await answer.ExpectAsync(HttpStatusCode.OK));
        Assert.Single(next.Select(tokens => (string?)tokens["refreshToken"]).Distinct());
        Assert.Equal(1, await tenant.StoredAsync(db => db.PersonSessions.Select(s => s.RefreshNumber).SingleAsync(Ct)));
        await (await client.RefreshAsync((string?)next[0]["refreshToken"])).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_grace_is_for_the_token_before_and_for_no_older_one()
    {
        var (_, client, first) = await CliAsync();
        var second = await (await client.RefreshAsync((string?)first["refreshToken"])).ExpectAsync(HttpStatusCode.OK);
        await (await client.RefreshAsync((string?)second["refreshToken"])).ExpectAsync(HttpStatusCode.OK);

        await (await client.RefreshAsync((string?)first["refreshToken"])).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.session_ended");
    }

    [Fact]
    public async Task An_invented_token_ends_nothing()
    {
        var (_, client, first) = await CliAsync();
        var token = (string)first["refreshToken"]!;
        var invented = token[..^10] + (token[^10] == 'A' ? 'B' : 'A') + token[^9..];

        foreach (var text in new[] { invented, token[..^1] + "7", token[..^1] + "999999999999", "plr_", "", token[4..], new string('x', 200) })
            await (await client.RefreshAsync(text)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.session_ended");

        await (await client.RefreshAsync(token)).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_ends_when_it_is_not_used_and_at_last_however_much_it_is()
    {
        var (_, browser) = await SignedInAsync();
        api.Wait(PersonSession.ShortIdle - TimeSpan.FromMinutes(1));
        await (await browser.RefreshAsync()).ExpectAsync(HttpStatusCode.OK);
        api.Wait(PersonSession.ShortIdle + TimeSpan.FromMinutes(1));
        await (await browser.RefreshAsync()).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.session_ended");

        var (_, client, tokens) = await CliAsync();
        for (var days = 0; days + 25 < PersonSession.Longest.TotalDays; days += 25)
        {
            api.Wait(TimeSpan.FromDays(25));
            tokens = await (await client.RefreshAsync((string?)tokens["refreshToken"])).ExpectAsync(HttpStatusCode.OK);
        }

        api.Wait(TimeSpan.FromDays(16));
        await (await client.RefreshAsync((string?)tokens["refreshToken"])).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.session_ended");
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("http://plservice.test.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    [InlineData(AccountSteps.OurOrigin, HttpStatusCode.OK)]
    public async Task A_page_of_somebody_else_cannot_use_the_cookie(string? origin, HttpStatusCode expected)
    {
        var (_, browser) = await SignedInAsync();
        browser.DefaultRequestHeaders.Remove("Origin");
        if (origin is not null)
            browser.DefaultRequestHeaders.Add("Origin", origin);

        var refreshed = await browser.RefreshAsync();

        if (expected is HttpStatusCode.OK)
            await refreshed.ExpectAsync(expected);
        else
            await refreshed.ExpectProblemAsync(expected, "sign_in.origin_refused");
    }

    [Fact]
    public async Task A_form_which_any_page_can_send_is_refused()
    {
        var (_, browser) = await SignedInAsync();

        using var form = new FormUrlEncodedContent([new("refreshToken", "")]);
        await (await browser.PostAsync("/v1/sign-in/refresh", form, Ct)).ExpectProblemAsync(HttpStatusCode.UnsupportedMediaType, "request.unsupported_media_type");
    }

    [Fact]
    public async Task The_cookie_alone_opens_nothing_else()
    {
        var (_, browser) = await SignedInAsync();
        browser.DefaultRequestHeaders.Authorization = null;

        await browser.ExpectOutAsync();
    }

    private async Task<(TestTenant Tenant, HttpClient Browser)> SignedInAsync()
    {
        var tenant = await api.NewTenantAsync();
        var browser = api.Browser();
        await browser.EnterAsync(tenant, await tenant.NewMemberAsync(api));
        return (tenant, browser);
    }

    private async Task<(TestTenant Tenant, HttpClient Client, JsonNode Tokens)> CliAsync()
    {
        var tenant = await api.NewTenantAsync();
        var client = api.Anonymous();
        return (tenant, client, await client.EnterAsync(tenant, await tenant.NewMemberAsync(api), mode: "cli"));
    }
}
