using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Accounts;

/// <summary>Passkeys are registered and sign in, and nothing that only looks like one does.</summary>
public sealed class PasskeyTests(WaitingServer api) : IClassFixture<WaitingServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_passkey_signs_in_without_a_name_a_password_or_a_second_factor()
    {
        var (tenant, person, signedIn) = await MemberAsync();
        var passkey = new SoftPasskey();
        var made = await passkey.RegisterAsync(signedIn);
        Assert.Equal(("Soft key", true), ((string?)made["name"], (bool)made["backedUp"]!));

        using var browser = api.Browser();
        passkey.SignCount = 7;
        var response = await browser.SendJsonAsync(HttpMethod.Post, "/v1/sign-in/passkey", await passkey.AnswerAsync(browser, tenant.Slug, "browser"));
        browser.Use(await response.ExpectAsync(HttpStatusCode.OK));

        Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Equal(person.Id, (Guid)(await browser.ReadAsync("/v1/me"))["personId"]!);
        var stored = await tenant.StoredAsync(db => db.Passkeys.SingleAsync(Ct));
        Assert.Equal(7, stored.SignCount);
        Assert.NotNull(stored.LastUsedAt);
        Assert.Equal(1, (int)(await browser.ReadAsync("/v1/me/account"))["passkeys"]!);
        Assert.Equal(["account.passkeyRegistered", "session.opened"], (await tenant.AuditedAsync())[^2..]);
    }

    [Fact]
    public async Task A_passkey_helps_while_the_password_is_locked()
    {
        var (tenant, _, signedIn) = await MemberAsync();
        var passkey = new SoftPasskey();
        await passkey.RegisterAsync(signedIn);
        await tenant.StoredAsync(db => db.Accounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.LockedUntil, api.Now.AddMinutes(10)).SetProperty(a => a.FailedAttempts, 10), Ct));

        await SignInAsync(tenant, passkey, HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_answer_is_good_once()
    {
        var (tenant, _, signedIn) = await MemberAsync();
        var passkey = new SoftPasskey();
        await passkey.RegisterAsync(signedIn);
        using var client = api.Anonymous();
        var answer = await passkey.AnswerAsync(client, tenant.Slug);

        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/sign-in/passkey", answer)).ExpectAsync(HttpStatusCode.OK);
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/sign-in/passkey", answer)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.passkey_refused");
    }

    [Fact]
    public async Task An_answer_that_comes_late_is_refused()
    {
        var (tenant, _, signedIn) = await MemberAsync();
        var passkey = new SoftPasskey();
        await passkey.RegisterAsync(signedIn);
        using var client = api.Anonymous();
        var answer = await passkey.AnswerAsync(client, tenant.Slug);

        api.Wait(TimeSpan.FromMinutes(6));

        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/sign-in/passkey", answer)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.passkey_refused");
    }

    [Fact]
    public async Task A_copied_authenticator_whose_counter_goes_back_is_refused()
    {
        var (tenant, _, signedIn) = await MemberAsync();
        var passkey = new SoftPasskey { SignCount = 9 };
        await passkey.RegisterAsync(signedIn);

        passkey.SignCount = 9;
        await SignInAsync(tenant, passkey, HttpStatusCode.Unauthorized);
        passkey.SignCount = 10;
        await SignInAsync(tenant, passkey, HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_was_signed_for_somebody_else_is_refused()
    {
        var (tenant, _, signedIn) = await MemberAsync();
        var (other, _, _) = await MemberAsync();
        var passkey = new SoftPasskey();
        await passkey.RegisterAsync(signedIn);

        // Another tenant does not know it.
        await SignInAsync(other, passkey, HttpStatusCode.Unauthorized);
        // A key that nobody registered, and an answer with a changed signature.
        await SignInAsync(tenant, new SoftPasskey(), HttpStatusCode.Unauthorized);
        using var client = api.Anonymous();
        var answer = await passkey.AnswerAsync(client, tenant.Slug);
        answer["credential"]!["response"]!["signature"] = (await passkey.AnswerAsync(client, tenant.Slug))["credential"]!["response"]!["signature"]!.DeepClone();
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/sign-in/passkey", answer)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.passkey_refused");
    }

    [Theory]
    [InlineData("https://evil.example", null, true)]
    [InlineData(AccountSteps.OurOrigin, "evil.example", true)]
    [InlineData(AccountSteps.OurOrigin, null, false)]
    public async Task One_that_was_made_for_another_page_or_without_its_user_is_not_registered(string origin, string? relyingParty, bool verifies)
    {
        var (tenant, _, signedIn) = await MemberAsync();
        var body = await new SoftPasskey { Origin = origin, RelyingParty = relyingParty, Verifies = verifies }.MakeAsync(signedIn);

        await (await signedIn.SendJsonAsync(HttpMethod.Post, "/v1/me/passkeys", body)).ExpectProblemAsync(HttpStatusCode.Conflict, "account.passkey_refused");
        Assert.Equal(0, await tenant.StoredAsync(db => db.Passkeys.CountAsync(Ct)));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"id":"AA","rawId":"AA","type":"public-key","response":{}}""")]
    [InlineData("""{"id":7}""")]
    public async Task What_is_no_credential_is_refused(string credential)
    {
        var (tenant, _, signedIn) = await MemberAsync();
        var asked = await (await signedIn.SendJsonAsync(HttpMethod.Post, "/v1/me/passkeys/options")).ExpectAsync(HttpStatusCode.OK);
        var body = new JsonObject { ["challenge"] = (string?)asked["challenge"], ["name"] = "x", ["credential"] = JsonNode.Parse(credential) };

        await (await signedIn.SendJsonAsync(HttpMethod.Post, "/v1/me/passkeys", body)).ExpectProblemAsync(HttpStatusCode.Conflict, "account.passkey_refused");

        var answer = new JsonObject { ["challenge"] = (string?)(await new SoftPasskey().AnswerAsync(signedIn, tenant.Slug))["challenge"], ["credential"] = JsonNode.Parse(credential) };
        await (await api.Anonymous().SendJsonAsync(HttpMethod.Post, "/v1/sign-in/passkey", answer)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.passkey_refused");
    }

    [Fact]
    public async Task A_passkey_that_was_removed_signs_nobody_in()
    {
        var (tenant, _, signedIn) = await MemberAsync();
        var passkey = new SoftPasskey();
        var made = await passkey.RegisterAsync(signedIn);

        await (await signedIn.DeleteAsync($"/v1/me/passkeys/{made.Id()}", Ct)).ExpectAsync(HttpStatusCode.NoContent);

        Assert.Empty((await signedIn.ReadAsync("/v1/me/passkeys"))["items"]!.AsArray());
        await SignInAsync(tenant, passkey, HttpStatusCode.Unauthorized);
        await (await signedIn.DeleteAsync($"/v1/me/passkeys/{made.Id()}", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "passkey.not_found");
    }

    [Fact]
    public async Task Whoever_signed_in_long_ago_signs_in_again_first()
    {
        var (_, _, signedIn) = await MemberAsync();
        api.Wait(TimeSpan.FromMinutes(31));
        // The access token is old as well by now.
        var tokens = await (await signedIn.RefreshAsync()).ExpectAsync(HttpStatusCode.OK);
        signedIn.Use(tokens);

        await (await signedIn.SendJsonAsync(HttpMethod.Post, "/v1/me/passkeys/options")).ExpectProblemAsync(HttpStatusCode.Conflict, "account.sign_in_again");
    }

    [Fact]
    public async Task A_person_of_an_identity_provider_has_no_passkeys_here()
    {
        var tenant = await api.NewTenantAsync();

        await (await tenant.As(await tenant.NewPersonAsync()).SendJsonAsync(HttpMethod.Post, "/v1/me/passkeys/options")).ExpectProblemAsync(HttpStatusCode.Conflict, "account.none");
    }

    [Fact]
    public async Task Options_are_for_a_tenant_that_there_is() =>
        await (await api.Anonymous().SendJsonAsync(HttpMethod.Post, "/v1/sign-in/passkey/options", new { tenant = "no-such-tenant" })).ExpectProblemAsync(HttpStatusCode.NotFound, "tenant.not_found");

    private async Task<(TestTenant Tenant, Person Person, HttpClient SignedIn)> MemberAsync()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewMemberAsync(api);
        var browser = api.Browser();
        await browser.EnterAsync(tenant, person);
        return (tenant, person, browser);
    }

    private async Task SignInAsync(TestTenant tenant, SoftPasskey passkey, HttpStatusCode expected)
    {
        using var client = api.Anonymous();
        var response = await client.SendJsonAsync(HttpMethod.Post, "/v1/sign-in/passkey", await passkey.AnswerAsync(client, tenant.Slug));
        if (expected is HttpStatusCode.OK)
            await response.ExpectAsync(expected);
        else
            await response.ExpectProblemAsync(expected, "sign_in.passkey_refused");
    }
}
