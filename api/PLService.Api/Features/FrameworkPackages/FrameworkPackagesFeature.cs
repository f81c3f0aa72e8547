namespace PLService.Api.Features.FrameworkPackages;

internal static class FrameworkPackagesFeature
{
    public static void AddFrameworkPackages(this IServiceCollection services)
    {
        services.AddSingleton<PackageGate>();
        services.AddScoped<PackageDesk>();
        services.AddScoped<StandardsTable>();
    }

    /// <summary>Frameworks in and out as files: CFPackages of CASE, and tables of standards.</summary>
    public static void MapFrameworkPackages(this RouteGroupBuilder v1)
    {
        var frameworks = v1.MapGroup("/frameworks").WithTags("Frameworks");
        ImportFramework.Map(frameworks);
        ImportFrameworkFromUrl.Map(frameworks);
        ExportFramework.Map(frameworks);
        ImportStandards.Map(frameworks);
        ExportStandards.Map(frameworks);
    }
}
