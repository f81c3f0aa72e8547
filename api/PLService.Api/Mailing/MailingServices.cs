using PLService.Api.Mailing.Delivery;
using PLService.Api.Mailing.Digests;
using PLService.Api.Mailing.Reminding;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Mailing;

internal static class MailingServices
{
    private static readonly TimeSpan PurgePause = TimeSpan.FromHours(6);

    public static IServiceCollection AddMailing(this IServiceCollection services, IConfiguration configuration)
    {
        var options = MailOptions.Read(configuration);
        services.AddSingleton(options);
        services.AddSingleton<MailTemplates>();
        services.AddSingleton<MailGate>();
        services.AddScoped<Outbox>();
        services.AddScoped<MailDesk>();
        services.AddScoped<IJobHandler, MailDeliveryHandler>();
        services.AddScoped<MailRows>();
        services.AddScoped<MailObstacles>();
        services.AddScoped<DueReminders>();
        services.AddScoped<Reminders>();
        services.AddScoped<DueDigests>();
        services.AddScoped<DigestWriter>();
        services.AddScoped<IDueItems, AssessmentsToAnswer>();
        services.AddScoped<IDueItems, AssessmentsToWatch>();
        services.AddScoped<IDueItems, PlansDue>();
        services.AddRecurring<RemindersHandler>(RemindersHandler.JobKind, TimeSpan.FromMinutes(options.SweepMinutes));
        services.AddRecurring<DigestsHandler>(DigestsHandler.JobKind, TimeSpan.FromMinutes(options.SweepMinutes));
        services.AddRecurring<MailPurge>(MailPurge.JobKind, options.SweepMinutes == 0 ? TimeSpan.Zero : PurgePause);
        return services;
    }

    /// <summary>Work that recurs; with a pause of zero it is switched off, and a job that is left of it ends.</summary>
    private static void AddRecurring<T>(this IServiceCollection services, string kind, TimeSpan every)
        where T : RecurringHandler
    {
        services.AddScoped<T>();
        services.AddScoped<IJobHandler>(provider => provider.GetRequiredService<T>());
        if (every > TimeSpan.Zero)
            services.AddSingleton(new RecurringJob(kind, every));
    }
}
