namespace PLService.Api.Commands.Demo;

/// <summary>The round that is going on: one district has closed it, elsewhere about half have answered; one school has not begun, for it invites by name.</summary>
internal static class OpenRoundChapter
{
    private const double AnsweredByNow = 0.6;

    public static async Task TellAsync(Stage stage, CancellationToken ct)
    {
        var round = DemoRound.Fall2026;
        var early = ExampleState.Schools.Where(pair => pair.District.Name == ExampleState.Early);
        await stage.ImportAsync("readiness-2026-fall-early", "readinessWide", RatingFiles.Wide(round, early), ct, [.. RatingFiles.Options(round), ("closeAssessments", "true")]);

        var others = ExampleState.Schools.Where(pair => pair.District.Name != ExampleState.Early && pair.School.Name != ExampleState.RosterSchool);
        await stage.ImportAsync("readiness-2026-fall", "readinessWide", RatingFiles.Wide(round, others, AnsweredByNow), ct, RatingFiles.Options(round));
    }
}
