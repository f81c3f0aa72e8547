namespace PLService.Api.Features.Due;

internal static class DueFeature
{
    public static void AddDue(this IServiceCollection services) => services.AddScoped<DueDesk>();

    /// <summary>What is due for whom.</summary>
    public static void MapDue(this RouteGroupBuilder v1) => ListDue.Map(v1.MapGroup("/due").WithTags("Plans"));
}
