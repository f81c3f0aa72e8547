using PLService.Api.Domain.Instruments;

namespace PLService.Api.Tests.Domain.Instruments;

/// <summary>Small instruments to test with.</summary>
internal static class Sample
{
    /// <summary>Dots, best first: green 2, yellow 1, red 0, "don't know" without a score.</summary>
    public static Scale Dots => new()
    {
        Code = "dots",
        Title = Text.En("How far along"),
        Direction = ScaleDirection.BestFirst,
        Levels =
        [
            new Level { Code = "green", Label = new Text { ["en"] = "In place", ["es"] = "Implantado" }, Score = 2, Favorable = true },
            new Level { Code = "yellow", Label = Text.En("Under way"), Score = 1 },
            new Level { Code = "red", Label = Text.En("Not yet"), Score = 0 },
            new Level { Code = "dont-know", Label = Text.En("Don't know") },
        ],
    };

    /// <summary>One to so many, best last, the upper half favorable; codes and scores are the numbers.</summary>
    public static Scale Points(string code, int greatest) => new()
    {
        Code = code,
        Title = Text.En("Points"),
        Direction = ScaleDirection.BestLast,
        Levels =
        [
            .. Enumerable.Range(1, greatest).Select(score => new Level
            {
                Code = $"{score}",
                Label = Text.En($"Level {score}"),
                Score = score,
                Favorable = score > greatest / 2,
            }),
        ],
    };

    public static Item Item(string code) => new() { Code = code, Text = Text.En($"Statement {code}") };

    public static Section Section(string code, params Item[] items) =>
        new() { Code = code, Title = Text.En($"Section {code}"), Items = items };

    /// <summary>Two sections of two and one items on one axis, thresholds as of the readiness instrument.</summary>
    public static InstrumentDocument Readiness => new()
    {
        Code = "sample",
        Version = "1.0",
        Title = Text.En("Sample"),
        MarksPerParticipant = 1,
        Scales = [Dots],
        Axes = [new Axis { Code = "status", Title = Text.En("Status"), Scale = "dots" }],
        Thresholds = new Thresholds
        {
            Strength = new ThresholdRule
            {
                Match = ThresholdMatch.All,
                Conditions =
                [
                    new ThresholdCondition { Measure = ThresholdMeasure.LevelShare, Levels = ["green"], AtLeast = 0.7 },
                    new ThresholdCondition { Measure = ThresholdMeasure.LevelShare, Levels = ["red"], AtMost = 0.1 },
                ],
            },
            Gap = new ThresholdRule
            {
                Match = ThresholdMatch.Any,
                Conditions =
                [
                    new ThresholdCondition { Measure = ThresholdMeasure.LevelShare, Levels = ["red"], AtLeast = 0.4 },
                    new ThresholdCondition { Measure = ThresholdMeasure.LevelShare, Levels = ["green"], Below = 0.3 },
                ],
            },
        },
        Sections = [Section("VIS", Item("VIS.1"), Item("VIS.2")), Section("RES", Item("RES.1"))],
    };
}
