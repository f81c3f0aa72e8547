namespace PLService.Api.Access.Providers;

internal static class ProviderServices
{
    /// <summary>Sign-in through identity providers that tenants trust.</summary>
    public static void AddProviders(this IServiceCollection services)
    {
        services.AddSingleton<PublicConnections>();
        services.AddSingleton<PublicDownload>();
        services.AddSingleton<ProviderHttp>();
        services.AddSingleton<ProviderKeys>();
        services.AddSingleton<ProviderCheck>();
        services.AddSingleton<TrustedIssuers>();
        services.AddSingleton<ProviderTokens>();
        services.AddSingleton<Logins>();
        services.AddScoped<LoginLinks>();
        services.AddScoped<EmailLinks>();
    }
}
