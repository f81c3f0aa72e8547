namespace PLService.Api.Commands.Demo;

/// <summary>
/// Two rounds that are over: all but one district in both. In the second, a school counts dots on paper posters, and another one answers anonymously.
/// </summary>
internal static class ClosedRoundsChapter
{
    public static async Task TellAsync(Stage stage, CancellationToken ct)
    {
        var (fall, spring) = (DemoRound.Fall2025, DemoRound.Spring2026);
        await stage.ImportAsync("readiness-2025-fall", "readinessWide", RatingFiles.Wide(fall, ExampleState.Schools), ct, Closing(fall));

        var posters = ExampleState.Schools.Single(pair => pair.School.Name == ExampleState.PaperSchool);
        var anonymous = ExampleState.Schools.Single(pair => pair.School.Name == ExampleState.AnonymousSchool);
        var others = ExampleState.Schools.Where(pair => pair.District.Name != ExampleState.Absent && pair != posters && pair != anonymous);
        await stage.ImportAsync("readiness-2026-spring", "readinessWide", RatingFiles.Wide(spring, others), ct, Closing(spring));
        await stage.ImportAsync("posters-2026-spring", "tallies", RatingFiles.Tallies(spring, posters.District, posters.School), ct, Closing(spring));
        await stage.ImportAsync("anonymous-2026-spring", "readinessWide", RatingFiles.Wide(spring, [anonymous]), ct, [.. Closing(spring), ("mode", "anonymous")]);
    }

    private static (string, string)[] Closing(DemoRound round) => [.. RatingFiles.Options(round), ("closeAssessments", "true")];
}
