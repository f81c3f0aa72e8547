using PLService.Api.Features.Imports.Loading;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Features.Imports;

internal static class ImportsFeature
{
    public static void AddImports(this IServiceCollection services)
    {
        services.AddScoped<IJobHandler, ImportHandler>();
        services.AddScoped<IRecordLoader, RatingLoader>();
        services.AddScoped<IRecordLoader, TallyLoader>();
        services.AddScoped<IRecordLoader, OrganizationLoader>();
        services.AddScoped<IRecordLoader, PersonLoader>();
        services.AddScoped<IRecordLoader, MembershipLoader>();
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
    }
}
