namespace PLService.Api.Features.Results;

internal static class ResultsFeature
{
    public static void AddResults(this IServiceCollection services) => services.AddScoped<ResultLens>();

    /// <summary>Every route about what an assessment says, in one place: what is not listed here is not served.</summary>
    public static void MapResults(this RouteGroupBuilder v1)
    {
        var results = v1.MapGroup("/assessments/{id:guid}").WithTags("Results");
        GetLiveTally.Map(results);
        GetResult.Map(results);
        GetResultRevision.Map(results);
    }

    /// <summary>What participants see of it.</summary>
    public static void MapOwnTally(this RouteGroupBuilder v1) => GetParticipationTally.Map(v1.MapGroup("/participation").WithTags("Participation"));
}
