using PLService.Api.Domain.Instruments;

namespace PLService.Api.Tests.Reports;

/// <summary>Instrument documents to rate in tests of reports.</summary>
internal static class ReportInstrument
{
    public static readonly string[] Roles = ["teacher", "principal", "coach"];

    /// <summary>Sections of items with dots, and on a second axis how urgent they are.</summary>
    public static InstrumentDocument Of(string version, int sections = 2, int items = 2, bool twoAxes = true) => new()
    {
        Code = "sample",
        Version = version,
        Title = Text.En("Sample"),
        MarksPerParticipant = 1,
        Scales = [Dots, Urgency],
        Axes = twoAxes ? [Axis("status", "dots"), Axis("priority", "urgency")] : [Axis("status", "dots")],
        Thresholds = new Thresholds
        {
            Strength = new ThresholdRule { Match = ThresholdMatch.All, Conditions = [new ThresholdCondition { Measure = ThresholdMeasure.LevelShare, Levels = ["green"], AtLeast = 0.7 }] },
            Gap = new ThresholdRule { Match = ThresholdMatch.Any, Conditions = [new ThresholdCondition { Measure = ThresholdMeasure.LevelShare, Levels = ["red"], AtLeast = 0.4 }] },
        },
        Sections = [.. Enumerable.Range(1, sections).Select(s => new Section
        {
            Code = $"S{s}",
            Title = Text.En($"Section {s}"),
            Items = [.. Enumerable.Range(1, items).Select(i => new Item { Code = $"S{s}.{i}", Text = Text.En($"Item {s}.{i}") })],
        })],
    };

    /// <summary>Answers at random, seeded; some left out.</summary>
    public static List<(string? Role, short?[] Levels)> Answers(InstrumentLayout layout, int people, Random random, string?[]? roles = null) =>
        [.. Enumerable.Range(0, people).Select(_ => (
            (roles ?? [.. Roles, null])[random.Next(roles?.Length ?? (Roles.Length + 1))],
            layout.Elements.Select(e => random.Next(10) == 0 ? (short?)null : (short)random.Next(e.Scale.Levels.Count)).ToArray()))];

    private static Scale Dots { get; } = new()
    {
        Code = "dots",
        Title = Text.En("Dots"),
        Direction = ScaleDirection.BestFirst,
        Levels = [Level("green", 2, true), Level("yellow", 1), Level("red", 0), Level("unknown", null)],
    };

    private static Scale Urgency { get; } = new()
    {
        Code = "urgency",
        Title = Text.En("Urgency"),
        Direction = ScaleDirection.BestLast,
        Levels = [Level("later", 1), Level("soon", 2), Level("now", 3, true)],
    };

    private static Level Level(string code, double? score, bool favorable = false) => new() { Code = code, Label = Text.En(code), Score = score, Favorable = favorable };

    private static Axis Axis(string code, string scale) => new() { Code = code, Title = Text.En(code), Scale = scale };
}
