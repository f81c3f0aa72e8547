namespace PLService.Api.Features.Rubrics;

internal static class RubricsFeature
{
    public static void AddRubrics(this IServiceCollection services) => services.AddScoped<RubricDesk>().AddScoped<RubricAnchors>();

    /// <summary>Every route of rubrics, in one place: what is not listed here is not served.</summary>
    public static void MapRubrics(this RouteGroupBuilder v1)
    {
        var rubrics = v1.MapGroup("/rubrics").WithTags("Rubrics");
        CreateRubric.Map(rubrics);
        ListRubrics.Map(rubrics);
        GetRubric.Map(rubrics);
        ReplaceRubric.Map(rubrics);
        DeleteRubric.Map(rubrics);
        MakeRubricInstrument.Map(rubrics);
    }
}
