using Microsoft.AspNetCore.Identity;
using PLService.Api.Domain.Accounts;

namespace PLService.Api.Access.Accounts;

internal static class AccountServices
{
    /// <summary>Local accounts: passwords, sessions, second factors, passkeys.</summary>
    public static IServiceCollection AddLocalAccounts(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<Passwords>();
        services.AddSingleton<RefreshCookie>();
        services.AddSingleton<AuthenticatorKeys>();
        services.AddScoped<Attempts>();
        services.AddScoped<Tickets>();
        services.AddScoped<PersonSessions>();
        services.AddScoped<SecondFactors>();
        services.AddIdentityCore<Account>().AddUserStore<PasskeyStore>();
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<AccessOptions>((passkeys, access) =>
        {
            passkeys.ServerDomain = access.WebLink("").Host;
            passkeys.ValidateOrigin = origin => ValueTask.FromResult(!origin.CrossOrigin && access.IsOurOrigin(origin.Origin));
            // A passkey stands for both factors, and for the name of its person.
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
        });
        return services;
    }
}
