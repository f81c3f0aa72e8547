using PLService.Api.Features.Frameworks.Crosswalks;
using PLService.Api.Features.Frameworks.Standards;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks;

internal static class FrameworksFeature
{
    public static void AddFrameworks(this IServiceCollection services) =>
        services.AddScoped<FrameworkDesk>().AddScoped<FrameworkCopy>().AddScoped<AssociationDesk>()
            .AddScoped<StandardTree>().AddScoped<StandardReader>().AddScoped<TreeReader>().AddScoped<SearchReader>().AddScoped<ReferenceReader>()
            .AddScoped<AssociationReader>().AddScoped<CrosswalkReader>();

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
        CopyFramework.Map(frameworks);

        var within = v1.MapGroup("/frameworks").WithTags("Standards");
        CreateStandard.Map(within);
        ListStandards.Map(within);
        var standards = v1.MapGroup("/standards").WithTags("Standards");
        SearchStandards.Map(standards);
        GetStandard.Map(standards);
        PatchStandard.Map(standards);
        MoveStandard.Map(standards);
        DeleteStandard.Map(standards);
        ReplaceStandardBy.Map(standards);
        ListStandardNames.Map(standards);
        ListStandardReferences.Map(standards);
        ListStandardAssociations.Map(standards);

        var associations = v1.MapGroup("/associations").WithTags("Crosswalks");
        ListAssociations.Map(associations);
        CreateAssociation.Map(associations);
        GetAssociation.Map(associations);
        DeleteAssociation.Map(associations);
        ListCrosswalks.Map(v1.MapGroup("/frameworks").WithTags("Crosswalks"));
        GetCrosswalk.Map(v1.MapGroup("/crosswalks").WithTags("Crosswalks"));
    }
}
