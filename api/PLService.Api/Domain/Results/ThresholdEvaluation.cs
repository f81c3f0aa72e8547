using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Results;

/// <summary>Whether measures meet the thresholds of an instrument.</summary>
internal static class ThresholdEvaluation
{
    /// <summary>Rounding of a share must not decide, so that bounds are compared with this much room.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>
    /// Which conditions decided that the rule is met: all of them, or of "any" those that hold. Null when it is not met. A condition
    /// that cannot be computed, such as a level share over several scales or anything without scored answers, does not hold.
    /// </summary>
    public static IReadOnlyList<DecidedCondition>? Decide(ThresholdRule? rule, Measures measures)
    {
        if (rule is null)
            return null;

        var held = new List<DecidedCondition>();
        foreach (var condition in rule.Conditions)
        {
            if (Value(condition, measures) is { } value && Holds(condition, value))
                held.Add(new DecidedCondition(condition, value));
        }

        var needed = rule.Match == ThresholdMatch.All ? rule.Conditions.Count : 1;
        return held.Count >= needed ? held : null;
    }

    /// <summary>
    /// Whether the counts of one scale meet the rule, as <see cref="Decide"/> says of their measures: where thousands of items are judged, nothing else of
    /// them is worked out.
    /// </summary>
    public static bool Meets(ThresholdRule? rule, ReadOnlySpan<int> counts, Scale scale, ScoredCounts scores)
    {
        if (rule is null)
            return false;
        var held = 0;
        foreach (var condition in rule.Conditions)
        {
            if (Value(condition, counts, scale, scores) is { } value && Holds(condition, value))
                held++;
        }

        return held >= (rule.Match == ThresholdMatch.All ? rule.Conditions.Count : 1);
    }

    /// <summary>The measure that a condition looks at; null when it cannot be computed.</summary>
    public static double? Value(ThresholdCondition condition, Measures measures) =>
        measures.N == 0 ? null : condition.Measure switch
        {
            ThresholdMeasure.LevelShare => LevelShare(condition.Levels ?? [], measures),
            ThresholdMeasure.FavorableShare => measures.FavorableShare,
            ThresholdMeasure.PointsShare => measures.PointsShare,
            ThresholdMeasure.Mean => measures.Mean,
            ThresholdMeasure.Median => measures.Median,
            _ => null,
        };

    /// <summary>Whether a value lies within the bounds of a condition.</summary>
    public static bool Holds(ThresholdCondition condition, double value) =>
        !(value < condition.AtLeast - Tolerance)
        && !(value <= condition.Above + Tolerance)
        && !(value > condition.AtMost + Tolerance)
        && !(value >= condition.Below - Tolerance);

    private static double? Value(ThresholdCondition condition, ReadOnlySpan<int> counts, Scale scale, ScoredCounts scores) =>
        scores.N == 0 ? null : condition.Measure switch
        {
            ThresholdMeasure.LevelShare => LevelShare(condition.Levels ?? [], counts, scale, scores.N),
            ThresholdMeasure.FavorableShare => (double)scores.Favorable / scores.N,
            ThresholdMeasure.PointsShare => scores.Points / scores.N,
            ThresholdMeasure.Mean => scores.Mean,
            ThresholdMeasure.Median => scores.Median(),
            _ => null,
        };

    private static double? LevelShare(IReadOnlyList<string> codes, ReadOnlySpan<int> counts, Scale scale, int n)
    {
        var (sum, isNamed) = (0, false);
        for (var i = 0; i < counts.Length; i++)
        {
            if (!codes.Contains(scale.Levels[i].Code))
                continue;
            (sum, isNamed) = (sum + counts[i], true);
        }

        return isNamed ? (double)sum / n : null;
    }

    /// <summary>
    /// Of the answers that carry a score: whoever does not know says nothing for or against. Null where the scale has none of the levels: an
    /// item on another scale is not judged by them.
    /// </summary>
    private static double? LevelShare(IReadOnlyList<string> codes, Measures measures)
    {
        var named = measures.Distribution?.Where(level => codes.Contains(level.Level)).ToList() ?? [];
        return named.Count == 0 ? null : (double)named.Sum(level => level.Count) / measures.N;
    }
}

/// <summary>A condition that held, with the value that it was compared with.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Value">The figure that met it: a share of 1, or a mean or median of the scores.</param>
internal sealed record DecidedCondition(
    ThresholdCondition Condition,
    [property: System.Text.Json.Serialization.JsonConverter(typeof(SixDecimals))] double Value);
