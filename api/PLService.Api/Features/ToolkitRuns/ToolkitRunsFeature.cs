using PLService.Api.Features.ToolkitRuns.Readings;
using PLService.Api.Features.ToolkitRuns.Worksheets;

namespace PLService.Api.Features.ToolkitRuns;

internal static class ToolkitRunsFeature
{
    public static void AddToolkitRuns(this IServiceCollection services) => services
        .AddScoped<RunDesk>().AddScoped<RunReader>().AddScoped<MemberList>()
        .AddScoped<WorksheetDesk>().AddScoped<WorksheetReader>().AddScoped<WorksheetWriter>().AddScoped<ChangeHistory>().AddScoped<ImageDesk>()
        .AddScoped<ReadingDesk>().AddScoped<AnnotationDesk>();

    /// <summary>Every route about what teams make of toolkits, in one place: what is not listed here is not served.</summary>
    public static void MapToolkitRuns(this RouteGroupBuilder v1)
    {
        var runs = v1.MapGroup("/toolkit-runs").WithTags("Toolkit runs");
        CreateToolkitRun.Map(runs);
        ListToolkitRuns.Map(runs);
        GetToolkitRun.Map(runs);
        ReplaceToolkitRun.Map(runs);
        DeleteToolkitRun.Map(runs);
        MarkTool.Map(runs);
        ListNextSteps.Map(runs);
        ListDifferences.Map(runs);
        MapWorksheets(v1.MapGroup("/toolkit-runs/{id:guid}/worksheets/{toolCode}").WithTags("Worksheets"));
        MapReadings(v1.MapGroup("/toolkit-runs/{id:guid}/readings/{toolCode}").WithTags("Readings"));
    }

    private static void MapWorksheets(RouteGroupBuilder worksheet)
    {
        GetWorksheet.Map(worksheet);
        PatchWorksheet.Map(worksheet);
        ListWorksheetChanges.Map(worksheet);
        GetMyWorksheet.Map(worksheet);
        PatchMyWorksheet.Map(worksheet);
        ListMyWorksheetChanges.Map(worksheet);
        ShareMyWorksheet.Map(worksheet);
        UnshareMyWorksheet.Map(worksheet);
        ListSharedWorksheets.Map(worksheet);
        GatherWorksheets.Map(worksheet);

        PutWorksheetImage.Map(worksheet);
        GetWorksheetImage.Map(worksheet);
        DeleteWorksheetImage.Map(worksheet);
        PutMyWorksheetImage.Map(worksheet);
        GetMyWorksheetImage.Map(worksheet);
        DeleteMyWorksheetImage.Map(worksheet);
        GetSharedWorksheetImage.Map(worksheet);
    }

    private static void MapReadings(RouteGroupBuilder reading)
    {
        PutReading.Map(reading);
        GetReading.Map(reading);
        ListReadingRevisions.Map(reading);
        GetReadingRevision.Map(reading);
        GetReadingSummary.Map(reading);

        var annotations = reading.MapGroup("/annotations");
        CreateAnnotation.Map(annotations);
        ListAnnotations.Map(annotations);
        ImportAnnotations.Map(annotations);
        GetAnnotation.Map(annotations);
        PatchAnnotation.Map(annotations);
        DeleteAnnotation.Map(annotations);
    }
}
