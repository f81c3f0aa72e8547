using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Accounts;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Accounts;

/// <summary>Where one is signed in can be seen and ended, and what has ended is out with the next request.</summary>
public sealed class SessionTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_sees_ones_own_sessions_and_which_is_this_one()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewMemberAsync(api);
        using HttpClient browser = api.Browser(), cli = api.Anonymous();
        await browser.EnterAsync(tenant, person);
        await cli.EnterAsync(tenant, person, mode: "cli");
        await api.Browser().EnterAsync(tenant, await tenant.NewMemberAsync(api));

        var items = (await cli.ReadAsync("/v1/me/sessions"))["items"]!.AsArray();

        Assert.Equal([("cli", true), ("browser", false)], items.Select(item => ((string?)item!["client"], (bool)item["current"]!)));
        Assert.Equal("Firefox on Windows", (string?)items[1]!["device"]);
    }

    [Fact]
    public async Task A_session_that_is_ended_is_out_with_its_next_request()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewMemberAsync(api);
        using HttpClient here = api.Browser(), there = api.Browser();
        await here.EnterAsync(tenant, person);
        await there.EnterAsync(tenant, person);
        var other = (await here.ReadAsync("/v1/me/sessions"))["items"]!.AsArray().Single(item => !(bool)item!["current"]!)!["id"];

        await (await here.DeleteAsync($"/v1/me/sessions/{other}", Ct)).ExpectAsync(HttpStatusCode.NoContent);

        await there.ExpectOutAsync();
        await (await there.RefreshAsync()).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.session_ended");
        await here.ReadAsync("/v1/me");
        await (await here.DeleteAsync($"/v1/me/sessions/{other}", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "session.not_found");
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_somebody_else()
    {
        var tenant = await api.NewTenantAsync();
        var (session, _) = await tenant.OpenSessionAsync(await tenant.NewPersonAsync());

        await (await tenant.As(await tenant.NewPersonAsync()).DeleteAsync($"/v1/me/sessions/{session.Id}", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "session.not_found");
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_them_all()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewMemberAsync(api);
        using HttpClient here = api.Browser(), there = api.Browser();
        await here.EnterAsync(tenant, person);
        await there.EnterAsync(tenant, person);

        Assert.Equal(2, (int)(await (await here.PostAsync("/v1/me/sessions/revoke-all", null, Ct)).ExpectAsync(HttpStatusCode.OK))["ended"]!);

        await here.ExpectOutAsync();
        await there.ExpectOutAsync();
        await (await there.RefreshAsync()).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.session_ended");
        Assert.Contains("session.allRevoked", await tenant.AuditedAsync());
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_takes_the_cookie_back()
    {
        var tenant = await api.NewTenantAsync();
        using var browser = api.Browser();
        await browser.EnterAsync(tenant, await tenant.NewMemberAsync(api));
        var access = browser.DefaultRequestHeaders.Authorization;
        browser.DefaultRequestHeaders.Authorization = null;

        var answer = await browser.PostAsync("/v1/sign-out", JsonContent.Create(new { }), Ct);

        await answer.ExpectAsync(HttpStatusCode.NoContent);
        Assert.Contains("01 Jan 1970", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        browser.DefaultRequestHeaders.Authorization = access;
        await browser.ExpectOutAsync();
        Assert.Equal(RevocationReason.SignedOut, await tenant.StoredAsync(db => db.PersonSessions.Select(s => s.RevokedReason).SingleAsync(Ct)));
        // Once more, or without a session, is no mistake.
        await (await browser.PostAsync("/v1/sign-out", JsonContent.Create(new { }), Ct)).ExpectAsync(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_deactivated_person_does_not_go_on()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewMemberAsync(api);
        using var client = api.Anonymous();
        var tokens = await client.EnterAsync(tenant, person, mode: "cli");
        await tenant.StoredAsync(async db =>
        {
            (await db.People.SingleAsync(p => p.Id == person.Id, Ct)).Deactivate(DateTimeOffset.UtcNow);
            return await db.SaveChangesAsync(Ct);
        });

        await client.ExpectOutAsync();
        await (await client.RefreshAsync((string?)tokens["refreshToken"])).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.session_ended");
        Assert.Equal(RevocationReason.Deactivated, await tenant.StoredAsync(db => db.PersonSessions.Select(s => s.RevokedReason).SingleAsync(Ct)));
    }

    [Fact]
    public async Task There_are_not_more_sessions_than_one_can_look_through()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewPersonAsync();
        var first = await tenant.OpenSessionAsync(person);
        for (var i = 0; i < PersonSession.MaxPerPerson; i++)
            await tenant.OpenSessionAsync(person);

        Assert.Equal(PersonSession.MaxPerPerson, await tenant.StoredAsync(db => db.PersonSessions.CountAsync(s => s.RevokedAt == null, Ct)));
        Assert.Equal(RevocationReason.Superseded, await tenant.StoredAsync(db => db.PersonSessions.Where(s => s.Id == first.Session.Id).Select(s => s.RevokedReason).SingleAsync(Ct)));
    }
}
