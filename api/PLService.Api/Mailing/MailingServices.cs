using PLService.Api.Mailing.Delivery;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Mailing;

internal static class MailingServices
{
    public static IServiceCollection AddMailing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(MailOptions.Read(configuration));
        services.AddSingleton<MailTemplates>();
        services.AddSingleton<MailGate>();
        services.AddScoped<Outbox>();
        services.AddScoped<MailDesk>();
        services.AddScoped<IJobHandler, MailDeliveryHandler>();
        return services;
    }
}
