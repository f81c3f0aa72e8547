using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Accounts;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class AccountOperations
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static void Map(OperationMap map)
    {
        MapSignIn(map);
        MapMine(map);
        MapPasskeys(map);
        map.Resource("CreateAccount", async a => Post($"{await PersonAsync(a, account: false)}/account", new { delivery = "link" }));
        map.Resource("DeleteAccount", async a => Delete($"{await PersonAsync(a, account: true)}/account"));
        map.Resource("RevokePersonSessions", async a => Post($"{await PersonAsync(a, account: false)}/sessions/revoke"));
    }

    private static void MapSignIn(OperationMap map)
    {
        map.Public("SignIn", async a => Post("/v1/sign-in", new { tenant = a.Tenant.Slug, email = (await a.Tenant.NewMemberAsync(a.Server)).Email, password = AccountSteps.Password, client = "cli" }));
        map.Public("CompleteSecondFactor", async a =>
        {
            var member = await a.Tenant.NewMemberAsync(a.Server);
            await ReadyAsync(a, isOn: true);
            return Post("/v1/sign-in/second-factor", new { challenge = await a.Tenant.TicketAsync(a.Server, TicketKind.SecondFactor, member, """{"Client":1,"Remember":false}"""), code = Code() });
        });
        map.Public("RefreshSession", async a => Post("/v1/sign-in/refresh", new { refreshToken = (await a.Tenant.OpenSessionAsync(a.Lead)).RefreshToken }));
        map.Public("SignOut", async a => Post("/v1/sign-out", new { refreshToken = (await a.Tenant.OpenSessionAsync(a.Lead)).RefreshToken }));
        map.Public("RequestPasswordReset", async a => Post("/v1/password-reset", new { tenant = a.Tenant.Slug, email = (await a.Tenant.NewMemberAsync(a.Server)).Email }));
        map.Public("ConfirmPasswordReset", async a => Post("/v1/password-reset/confirm", new
        {
            token = await a.Tenant.TicketAsync(a.Server, TicketKind.PasswordReset, await a.Tenant.NewMemberAsync(a.Server)),
            password = "nine loud geese at dawn",
        }));
    }

    private static void MapMine(OperationMap map)
    {
        map.Person("GetMyAccount", _ => Task.FromResult(Get("/v1/me/account")));
        map.Person("ListMySessions", _ => Task.FromResult(Get("/v1/me/sessions")));
        map.OnlyOwn("RevokeMySession", async a => Delete($"/v1/me/sessions/{await NewSessionAsync(a)}"));
        map.Person("RevokeAllMySessions", _ => Task.FromResult(Post("/v1/me/sessions/revoke-all")));
        map.Person("ChangeMyPassword", async a =>
        {
            await ReadyAsync(a);
            return Put("/v1/me/password", new { currentPassword = AccountSteps.Password, newPassword = "nine loud geese at dawn" });
        });
        map.Person("RequestEmailChange", async a =>
        {
            await ReadyAsync(a);
            return Post("/v1/me/email-change", new { email = $"new.{Guid.NewGuid():N}@example.org", password = AccountSteps.Password });
        });
        map.OnlyOwn(
            "ConfirmEmailChange",
            async a => Post("/v1/me/email-change/confirm", new { token = await a.Tenant.TicketAsync(a.Server, TicketKind.EmailChange, a.Lead, $"new.{Guid.NewGuid():N}@example.org") }),
            Expectation.Conflict("account.bad_link"));
        map.Person("SetUpAuthenticator", async a =>
        {
            await ReadyAsync(a);
            return Post("/v1/me/authenticator");
        });
        map.Person("ConfirmAuthenticator", async a =>
        {
            await ReadyAsync(a, isOn: false);
            return Post("/v1/me/authenticator/confirm", new { code = Code() });
        });
        map.Person("RemoveAuthenticator", async a =>
        {
            await ReadyAsync(a, isOn: true);
            return Delete("/v1/me/authenticator");
        });
        map.Person("RenewRecoveryCodes", async a =>
        {
            await ReadyAsync(a, isOn: true);
            return Post("/v1/me/recovery-codes");
        });
    }

    private static void MapPasskeys(OperationMap map)
    {
        map.Public("StartPasskeySignIn", a => Task.FromResult(Post("/v1/sign-in/passkey/options", new { tenant = a.Tenant.Slug })));
        map.Public("SignInWithPasskey", async a =>
        {
            var passkey = new SoftPasskey();
            using var client = a.Tenant.As(await a.Tenant.NewMemberAsync(a.Server));
            await passkey.RegisterAsync(client);
            return Post("/v1/sign-in/passkey", await passkey.AnswerAsync(client, a.Tenant.Slug));
        });
        map.Person("StartPasskeyRegistration", _ => Task.FromResult(Post("/v1/me/passkeys/options")));
        map.OnlyOwn(
            "RegisterPasskey",
            async a =>
            {
                using var client = a.Tenant.As(a.Lead);
                return Post("/v1/me/passkeys", await new SoftPasskey().MakeAsync(client));
            },
            Expectation.Conflict("account.passkey_refused"));
        map.Person("ListMyPasskeys", _ => Task.FromResult(Get("/v1/me/passkeys")));
        map.OnlyOwn("DeleteMyPasskey", async a =>
        {
            using var client = a.Tenant.As(a.Lead);
            return Delete($"/v1/me/passkeys/{a.Remember(await new SoftPasskey().RegisterAsync(client)).Id()}");
        });
    }

    private static string Code() => Totp.Code(Key, Totp.StepAt(DateTimeOffset.UtcNow));

    /// <summary>Everybody's account, of both tenants, as an operation needs it: with the password that is known, and without an app, with one that is set up, or with one that is on.</summary>
    private static async Task ReadyAsync(Side a, bool? isOn = null)
    {
        var hash = await AccountSteps.HashAsync(a.Server, AccountSteps.Password);
        var key = isOn is null ? null : a.Server.Services.GetRequiredService<AuthenticatorKeys>().Close(Key);
        var since = isOn is true ? DateTimeOffset.UtcNow : (DateTimeOffset?)null;
        foreach (var side in new[] { a, a.Twin! })
        {
            await side.Tenant.StoredAsync(db => db.Accounts.ExecuteUpdateAsync(
                set => set.SetProperty(x => x.PasswordHash, hash).SetProperty(x => x.AuthenticatorKey, key).SetProperty(x => x.AuthenticatorConfirmedAt, since).SetProperty(x => x.AuthenticatorStep, 0), Ct));
        }
    }

    private static async Task<string> PersonAsync(Side a, bool account)
    {
        (Role, Guid?)[] roles = [(Role.Viewer, a.DistrictX)];
        var person = account ? await a.Tenant.NewMemberAsync(a.Server, AccountSteps.Password, roles) : await a.Tenant.NewPersonAsync(roles);
        a.Remember(person.Id);
        return $"/v1/people/{person.Id}";
    }

    private static async Task<Guid> NewSessionAsync(Side a)
    {
        var (session, _) = await a.Tenant.OpenSessionAsync(a.Lead);
        a.Remember(session.Id);
        return session.Id;
    }
}
