using PLService.Api.Features.Frameworks.Standards;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks;

internal static class FrameworksFeature
{
    public static void AddFrameworks(this IServiceCollection services) =>
        services.AddScoped<FrameworkDesk>().AddScoped<StandardReader>().AddScoped<StandardTree>();

    /// <summary>Every route of frameworks, standards and crosswalks, in one place: what is not listed here is not served.</summary>
    public static void MapFrameworks(this RouteGroupBuilder v1)
    {
        var frameworks = v1.MapGroup("/frameworks").WithTags("Frameworks");
        CreateFramework.Map(frameworks);
        ListFrameworks.Map(frameworks);
        GetFramework.Map(frameworks);
        ReplaceFramework.Map(frameworks);
        PatchFramework.Map(frameworks);
        DeleteFramework.Map(frameworks);
        PublishFramework.Map(frameworks);
        RetireFramework.Map(frameworks);

        var within = v1.MapGroup("/frameworks").WithTags("Standards");
        CreateStandard.Map(within);
        var standards = v1.MapGroup("/standards").WithTags("Standards");
        GetStandard.Map(standards);
        PatchStandard.Map(standards);
        MoveStandard.Map(standards);
        DeleteStandard.Map(standards);
    }
}
