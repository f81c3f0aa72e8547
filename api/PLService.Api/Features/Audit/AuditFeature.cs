namespace PLService.Api.Features.Audit;

internal static class AuditFeature
{
    public static void AddAudit(this IServiceCollection services) => services.AddScoped<ChangeFeed>();

    /// <summary>Who did what, for people who look back; what changed, for machines that follow.</summary>
    public static void MapAudit(this RouteGroupBuilder v1)
    {
        ListAuditEvents.Map(v1.MapGroup("/audit").WithTags("Audit"));
        ListChanges.Map(v1.MapGroup("/changes").WithTags("Changes"));
    }
}
