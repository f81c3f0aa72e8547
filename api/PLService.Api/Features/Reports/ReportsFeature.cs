using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Features.Reports;

internal static class ReportsFeature
{
    public static void AddReports(this IServiceCollection services) => services.AddSingleton<RollupCache>().AddScoped<RollupReader>().AddScoped<ReportDesk>().AddScoped<GapReports>().AddScoped<PlanReports>();

    /// <summary>Every report: what is not listed here is not served.</summary>
    public static void MapReports(this RouteGroupBuilder v1)
    {
        var reports = v1.MapGroup("/reports").WithTags("Reports");
        GetReadinessReport.Map(reports);
        GetChildrenReport.Map(reports);
        CompareOrganizations.Map(reports);
        GetGapsReport.Map(reports);
        GetPlansReport.Map(reports);
    }
}
