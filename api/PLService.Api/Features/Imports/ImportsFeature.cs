using PLService.Api.Features.Imports.Loading;
using PLService.Api.Features.Imports.Loading.Plans;
using PLService.Api.Features.Imports.Loading.Rosters;
using PLService.Api.Features.Imports.PlanFiles;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Features.Imports;

internal static class ImportsFeature
{
    public static void AddImports(this IServiceCollection services)
    {
        services.AddScoped<IJobHandler, ImportHandler>();
        services.AddScoped<IRecordLoader, RatingLoader>();
        services.AddScoped<IRecordLoader, TallyLoader>();
        services.AddScoped<OrganizationLoader>();
        services.AddScoped<PersonLoader>();
        services.AddScoped<MembershipLoader>();
        services.AddScoped<IRecordLoader>(provider => provider.GetRequiredService<OrganizationLoader>());
        services.AddScoped<IRecordLoader>(provider => provider.GetRequiredService<PersonLoader>());
        services.AddScoped<IRecordLoader>(provider => provider.GetRequiredService<MembershipLoader>());
        services.AddScoped<IRecordLoader, RosterLoader>();
        services.AddScoped<IRecordLoader, PlanLoader>();
        services.AddScoped<PlanFinder>();
        services.AddScoped<PlanStore>();
        services.AddScoped<PlanImportUndo>();
        services.AddScoped<PlanFileReader>();
        services.AddScoped<RosterIdentifiers>();
        services.AddScoped<ImportSender>();
        services.AddScoped<PersonUndo>();
        services.AddScoped<MembershipUndo>();
        services.AddScoped<ImportClosing>();
        services.AddScoped<ImportUndo>();
        services.AddScoped<OrganizationUndo>();
        services.AddScoped<ImportUpload>();
        services.AddSingleton<UploadGate>();
    }

    /// <summary>Bulk loads: files in, receipts and error files out, and the way back.</summary>
    public static void MapImports(this RouteGroupBuilder v1)
    {
        var imports = v1.MapGroup("/imports").WithTags("Imports");
        CreateImport.Map(imports);
        ListImports.Map(imports);
        GetImport.Map(imports);
        CancelImport.Map(imports);
        ListImportIssues.Map(imports);
        GetImportErrorFile.Map(imports);
        UndoImport.Map(imports);

        // Beside the import, because both have one form.
        ExportPlans.Map(v1.MapGroup("/plans").WithTags("Plans"));
    }
}
