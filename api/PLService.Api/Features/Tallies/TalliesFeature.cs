namespace PLService.Api.Features.Tallies;

internal static class TalliesFeature
{
    /// <summary>Every route about paper posters, in one place: what is not listed here is not served.</summary>
    public static void MapTallies(this RouteGroupBuilder v1)
    {
        var tallies = v1.MapGroup("/assessments/{id:guid}/tallies").WithTags("Tallies");
        ListTallies.Map(tallies);
        GetTally.Map(tallies);
        PutTally.Map(tallies);
        DeleteTally.Map(tallies);
    }
}
