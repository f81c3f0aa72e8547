namespace PLService.Api.Features.Toolkits;

internal static class ToolkitsFeature
{
    public static void AddToolkits(this IServiceCollection services) => services.AddScoped<ToolkitShelf>();

    /// <summary>Every toolkit route, in one place: what is not listed here is not served.</summary>
    public static void MapToolkits(this RouteGroupBuilder v1)
    {
        var toolkits = v1.MapGroup("/toolkits").WithTags("Toolkits");
        ImportToolkit.Map(toolkits);
        ListToolkits.Map(toolkits);
        GetToolkit.Map(toolkits);
        GetToolkitVersion.Map(toolkits);
        ExportToolkit.Map(toolkits);
        ReplaceToolkitDraft.Map(toolkits);
        DeleteToolkitDraft.Map(toolkits);
        PublishToolkitVersion.Map(toolkits);
        RetireToolkitVersion.Map(toolkits);
    }
}
