using System.Text.Json.Serialization;

namespace PLService.Api.Domain.Instruments;

/// <summary>When the first axis makes an item or section a strength or a gap, and what the whole must reach.</summary>
internal sealed record Thresholds
{
    public ThresholdRule? Strength { get; init; }

    public ThresholdRule? Gap { get; init; }

    /// <summary>What the whole instrument must reach, such as 70 % of its points.</summary>
    public ThresholdCondition? Total { get; init; }
}

/// <summary>Conditions, all or any of which must hold.</summary>
internal sealed record ThresholdRule
{
    /// <summary>Whether all conditions have to hold, or any one.</summary>
    public required ThresholdMatch Match { get; init; }

    /// <summary>The conditions.</summary>
    public required IReadOnlyList<ThresholdCondition> Conditions { get; init; }
}

/// <summary>A measure and one or two bounds for it. Shares are 0 to 1; mean and median are scores.</summary>
internal sealed record ThresholdCondition
{
    /// <summary>The figure that is looked at.</summary>
    public required ThresholdMeasure Measure { get; init; }

    /// <summary>For <see cref="ThresholdMeasure.LevelShare"/>: codes of the levels whose shares are added.</summary>
    public IReadOnlyList<string>? Levels { get; init; }

    /// <summary>It holds at this value and above.</summary>
    public double? AtLeast { get; init; }

    /// <summary>It holds above this value.</summary>
    public double? Above { get; init; }

    /// <summary>It holds at this value and below.</summary>
    public double? AtMost { get; init; }

    /// <summary>It holds below this value.</summary>
    public double? Below { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<ThresholdMatch>))]
internal enum ThresholdMatch
{
    [JsonStringEnumMemberName("all")]
    All,

    [JsonStringEnumMemberName("any")]
    Any,
}

[JsonConverter(typeof(JsonStringEnumConverter<ThresholdMeasure>))]
internal enum ThresholdMeasure
{
    /// <summary>Share of the scored answers that are one of the named levels; "don't know" counts on neither side.</summary>
    [JsonStringEnumMemberName("levelShare")]
    LevelShare,

    /// <summary>Share of scored answers that are favorable.</summary>
    [JsonStringEnumMemberName("favorableShare")]
    FavorableShare,

    /// <summary>Points reached of the points that could be reached, 0 at the scale's least score.</summary>
    [JsonStringEnumMemberName("pointsShare")]
    PointsShare,

    [JsonStringEnumMemberName("mean")]
    Mean,

    [JsonStringEnumMemberName("median")]
    Median,
}
