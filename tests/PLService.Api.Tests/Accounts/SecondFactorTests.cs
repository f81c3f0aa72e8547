using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Accounts;

/// <summary>With an authenticator app a password alone signs nobody in.</summary>
public sealed class SecondFactorTests(WaitingServer api) : IClassFixture<WaitingServer>
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_of_the_app_completes_the_sign_in()
    {
        var (tenant, person, key, _) = await MemberWithAppAsync();
        using var browser = api.Browser();

        var answer = await (await browser.SignInAsync(tenant, person.Email)).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(("secondFactorRequired", (JsonNode?)null), ((string?)answer["status"], answer["tokens"]));
        var response = await CompleteAsync(browser, answer, code: CodeOf(key));

        browser.Use(await response.ExpectAsync(HttpStatusCode.OK));
        Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Equal(person.Id, (Guid)(await browser.ReadAsync("/v1/me"))["personId"]!);
        // What completed one sign-in completes no other.
        await (await CompleteAsync(browser, answer, code: CodeOf(key))).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.second_factor_refused");
    }

    [Fact]
    public async Task A_code_that_was_taken_is_not_taken_again()
    {
        var (tenant, person, key, _) = await MemberWithAppAsync();
        using var client = api.Anonymous();
        var (first, second) = (await BeginAsync(client, tenant, person), await BeginAsync(client, tenant, person));
        var code = CodeOf(key);

        await (await CompleteAsync(client, first, code: code)).ExpectAsync(HttpStatusCode.OK);

        await (await CompleteAsync(client, second, code: code)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.second_factor_refused");
        api.Wait(TimeSpan.FromSeconds(30));
        await (await CompleteAsync(client, second, code: CodeOf(key))).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Wrong_codes_lock_and_the_right_password_in_between_does_not_start_the_count_again()
    {
        var (tenant, person, key, _) = await MemberWithAppAsync();
        using var client = api.Anonymous();

        for (var i = 0; i < Account.MaxFailedAttempts; i++)
            await (await CompleteAsync(client, await BeginAsync(client, tenant, person), code: "abcdef")).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.second_factor_refused");

        await (await client.SignInAsync(tenant, person.Email)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.refused");
        Assert.Contains("account.locked", await tenant.AuditedAsync());
        api.Wait(Account.LockTime + TimeSpan.FromSeconds(1));
        await (await CompleteAsync(client, await BeginAsync(client, tenant, person), code: CodeOf(key))).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_challenge_is_good_for_five_minutes()
    {
        var (tenant, person, key, _) = await MemberWithAppAsync();
        using var client = api.Anonymous();
        var begun = await BeginAsync(client, tenant, person);

        api.Wait(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));

        await (await CompleteAsync(client, begun, code: CodeOf(key))).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.second_factor_refused");
    }

    [Fact]
    public async Task Each_recovery_code_is_good_once_and_new_ones_replace_them()
    {
        var (tenant, person, _, codes) = await MemberWithAppAsync();
        using var client = api.Anonymous();
        Assert.Equal(RecoveryCode.Count, codes.Distinct().Count());

        // However it is typed.
        client.Use(await (await CompleteAsync(client, await BeginAsync(client, tenant, person), recoveryCode: codes[0].ToUpperInvariant().Replace('-', ' '))).ExpectAsync(HttpStatusCode.OK));
        await (await CompleteAsync(client, await BeginAsync(client, tenant, person), recoveryCode: codes[0])).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.second_factor_refused");
        Assert.Equal(RecoveryCode.Count - 1, (int)(await client.ReadAsync("/v1/me/account"))["recoveryCodesLeft"]!);

        var renewed = (await (await client.PostAsync("/v1/me/recovery-codes", null, Ct)).ExpectAsync(HttpStatusCode.OK))["recoveryCodes"]!.AsArray();
        await (await CompleteAsync(client, await BeginAsync(client, tenant, person), recoveryCode: codes[1])).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.second_factor_refused");
        await (await CompleteAsync(client, await BeginAsync(client, tenant, person), recoveryCode: (string?)renewed[0])).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_app_that_was_removed_is_not_asked_for()
    {
        var (tenant, person, _, codes) = await MemberWithAppAsync();
        using var client = api.Anonymous();
        client.Use(await (await CompleteAsync(client, await BeginAsync(client, tenant, person), recoveryCode: codes[0])).ExpectAsync(HttpStatusCode.OK));

        await (await client.DeleteAsync("/v1/me/authenticator", Ct)).ExpectAsync(HttpStatusCode.NoContent);

        await client.EnterAsync(tenant, person, mode: "cli");
        Assert.Equal(0, await tenant.StoredAsync(db => db.RecoveryCodes.CountAsync(Ct)));
        await (await client.DeleteAsync("/v1/me/authenticator", Ct)).ExpectProblemAsync(HttpStatusCode.Conflict, "account.no_authenticator");
        await (await client.PostAsync("/v1/me/recovery-codes", null, Ct)).ExpectProblemAsync(HttpStatusCode.Conflict, "account.no_authenticator");
    }

    [Fact]
    public async Task An_app_that_was_not_confirmed_is_not_asked_for_and_its_secret_is_not_legible_in_the_database()
    {
        var (tenant, person, client) = await SignedInAsync();
        var shown = await (await client.PostAsync("/v1/me/authenticator", null, Ct)).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal($"otpauth://totp/Tenant%20{tenant.Slug}:{Uri.EscapeDataString(person.Email!)}", ((string)shown["uri"]!).Split('?')[0]);

        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/me/authenticator/confirm", new { code = "000000x" })).ExpectProblemAsync(HttpStatusCode.Conflict, "account.wrong_code");
        await api.Anonymous().EnterAsync(tenant, person, mode: "cli");

        var stored = Convert.FromBase64String((await tenant.StoredAsync(db => db.Accounts.Select(a => a.AuthenticatorKey).SingleAsync(Ct)))!);
        Assert.True(stored.AsSpan().IndexOf(KeyOf((string)shown["secret"]!)) < 0);
    }

    [Fact]
    public async Task There_is_one_app_at_a_time()
    {
        var (tenant, person, _, codes) = await MemberWithAppAsync();
        using var client = api.Anonymous();
        client.Use(await (await CompleteAsync(client, await BeginAsync(client, tenant, person), recoveryCode: codes[0])).ExpectAsync(HttpStatusCode.OK));

        await (await client.PostAsync("/v1/me/authenticator", null, Ct)).ExpectProblemAsync(HttpStatusCode.Conflict, "account.authenticator_already_on");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/me/authenticator/confirm", new { code = "123456" })).ExpectProblemAsync(HttpStatusCode.Conflict, "account.authenticator_already_on");
    }

    [Theory]
    [InlineData("""{"challenge":"x"}""", "/code", "value.required")]
    [InlineData("""{"challenge":"","code":"123456"}""", "/challenge", "value.required")]
    [InlineData("""{"challenge":"x","code":"123456","recoveryCode":"a"}""", "/recoveryCode", "value.invalid")]
    public async Task What_is_missing_is_told(string body, string pointer, string code) =>
        await (await api.Anonymous().SendJsonAsync(HttpMethod.Post, "/v1/sign-in/second-factor", body)).ExpectFaultAsync(pointer, code);

    [Theory]
    [InlineData("x")]
    [InlineData("plt_AAAA")]
    public async Task An_invented_challenge_is_refused(string challenge) =>
        await (await api.Anonymous().SendJsonAsync(HttpMethod.Post, "/v1/sign-in/second-factor", new { challenge, code = "123456" })).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.second_factor_refused");

    private static async Task<JsonObject> BeginAsync(HttpClient client, TestTenant tenant, Person person) =>
        await (await client.SignInAsync(tenant, person.Email, mode: "cli")).ExpectAsync(HttpStatusCode.OK);

    private static Task<HttpResponseMessage> CompleteAsync(HttpClient client, JsonObject begun, string? code = null, string? recoveryCode = null) =>
        client.SendJsonAsync(HttpMethod.Post, "/v1/sign-in/second-factor", new { challenge = (string?)begun["secondFactor"]!["challenge"], code, recoveryCode });

    private async Task<(TestTenant Tenant, Person Person, HttpClient Client)> SignedInAsync()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewMemberAsync(api);
        var client = api.Anonymous();
        await client.EnterAsync(tenant, person, mode: "cli");
        return (tenant, person, client);
    }

    private async Task<(TestTenant Tenant, Person Person, byte[] Key, IReadOnlyList<string> Codes)> MemberWithAppAsync()
    {
        var (tenant, person, client) = await SignedInAsync();
        var key = KeyOf((string)(await (await client.PostAsync("/v1/me/authenticator", null, Ct)).ExpectAsync(HttpStatusCode.OK))["secret"]!);
        var confirmed = await (await client.SendJsonAsync(HttpMethod.Post, "/v1/me/authenticator/confirm", new { code = CodeOf(key) })).ExpectAsync(HttpStatusCode.OK);
        // The next code is another.
        api.Wait(TimeSpan.FromSeconds(30));
        return (tenant, person, key, [.. confirmed["recoveryCodes"]!.AsArray().Select(code => (string)code!)]);
    }

    private string CodeOf(byte[] key) => Totp.Code(key, Totp.StepAt(api.Now));

    private static byte[] KeyOf(string secret)
    {
        var bits = string.Concat(secret.Select(c => Convert.ToString(Alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
