using PLService.Api.Access.Accounts;
using PLService.Api.Http;

namespace PLService.Api.Features.Accounts;

internal static class AccountsFeature
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddLocalAccounts();
        services.AddScoped<SignInDesk>();
        services.AddScoped<AccountDesk>();
        services.AddScoped<AccountMail>();
        services.AddScoped<PasskeyDesk>();
        return services;
    }

    /// <summary>Local accounts: how people sign in to the service itself.</summary>
    public static void MapAccounts(this RouteGroupBuilder v1)
    {
        var signIn = v1.MapGroup("/sign-in").WithTags("Sign-in");
        SignIn.Map(signIn);
        CompleteSecondFactor.Map(signIn);
        StartPasskeySignIn.Map(signIn);
        SignInWithPasskey.Map(signIn);
        RefreshSession.Map(signIn);
        SignOut.Map(v1);
        RequestPasswordReset.Map(v1);
        ConfirmPasswordReset.Map(v1);

        var me = v1.MapGroup("/me").WithTags("Me");
        GetMyAccount.Map(me);
        ListMySessions.Map(me);
        RevokeMySession.Map(me);
        RevokeAllMySessions.Map(me);
        ChangeMyPassword.Map(me);
        RequestEmailChange.Map(me);
        ConfirmEmailChange.Map(me);
        SetUpAuthenticator.Map(me);
        ConfirmAuthenticator.Map(me);
        RemoveAuthenticator.Map(me);
        RenewRecoveryCodes.Map(me);
        StartPasskeyRegistration.Map(me);
        RegisterPasskey.Map(me);
        ListMyPasskeys.Map(me);
        DeleteMyPasskey.Map(me);

        var person = v1.MapGroup("/people/{id:guid}").WithTags("People");
        CreateAccount.Map(person);
        DeleteAccount.Map(person);
        RevokePersonSessions.Map(person);
    }

    /// <summary>
    /// For everybody, at a measured pace. It brings its own transactions: its tenant is another than that of whoever may be signed in, and a refusal
    /// must not undo that an attempt was counted.
    /// </summary>
    public static RouteHandlerBuilder Anonymously(this RouteHandlerBuilder endpoint) => endpoint.WithSecretOnly().LimitSignIns();

    /// <summary>For whoever has a secret that nobody can guess; see <see cref="Anonymously"/>.</summary>
    public static RouteHandlerBuilder WithSecretOnly(this RouteHandlerBuilder endpoint) => endpoint.AllowAnonymous().Transaction(TransactionKind.OwnAlways);
}
