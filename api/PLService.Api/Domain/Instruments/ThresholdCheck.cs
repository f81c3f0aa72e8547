namespace PLService.Api.Domain.Instruments;

/// <summary>The part of <see cref="InstrumentCheck"/> that looks at thresholds.</summary>
internal static class ThresholdCheck
{
    public static void Check(FaultList faults, InstrumentDocument document)
    {
        if (document.Thresholds is not { } thresholds || document.Axes.Count == 0)
            return;

        var scales = ScalesOfFirstAxis(document);
        CheckRule(faults, "/thresholds/strength", thresholds.Strength, scales);
        CheckRule(faults, "/thresholds/gap", thresholds.Gap, scales);
        if (thresholds.Total is { } total)
            CheckCondition(faults, "/thresholds/total", total, scales);
    }

    private static List<Scale> ScalesOfFirstAxis(InstrumentDocument document)
    {
        var first = document.Axes[0];
        var codes = document.Sections.SelectMany(section => section.Items)
            .Where(item => item.Axes?.Contains(first.Code) ?? true)
            .Select(item => item.Scales?.GetValueOrDefault(first.Code) ?? first.Scale)
            .ToHashSet();
        return [.. document.Scales.Where(scale => codes.Contains(scale.Code))];
    }

    private static void CheckRule(FaultList faults, string at, ThresholdRule? rule, List<Scale> scales)
    {
        if (rule is null)
            return;

        if (!Enum.IsDefined(rule.Match))
            faults.Add($"{at}/match", FaultCodes.Format, "Write all or any.");

        faults.CheckCount($"{at}/conditions", "conditions", rule.Conditions.Count, 1, InstrumentLimits.ConditionsPerRule);
        foreach (var (i, condition) in rule.Conditions.Index())
            CheckCondition(faults, $"{at}/conditions/{i}", condition, scales);
    }

    private static void CheckCondition(FaultList faults, string at, ThresholdCondition condition, List<Scale> scales)
    {
        if (!Enum.IsDefined(condition.Measure))
            faults.Add($"{at}/measure", FaultCodes.Format, "Write levelShare, favorableShare, pointsShare, mean or median.");

        if (condition.Measure == ThresholdMeasure.LevelShare)
            CheckLevels(faults, $"{at}/levels", condition.Levels, scales);
        else if (condition.Levels is not null)
            faults.Add($"{at}/levels", FaultCodes.Inconsistent, "Only the measure levelShare names levels; leave them out.");

        CheckBounds(faults, at, condition);
        var (least, most) = Range(condition.Measure, scales);
        CheckBound(faults, $"{at}/atLeast", condition.AtLeast, least, most);
        CheckBound(faults, $"{at}/above", condition.Above, least, most);
        CheckBound(faults, $"{at}/atMost", condition.AtMost, least, most);
        CheckBound(faults, $"{at}/below", condition.Below, least, most);
    }

    private static void CheckLevels(FaultList faults, string at, IReadOnlyList<string>? levels, List<Scale> scales)
    {
        faults.CheckCount(at, "levels", levels?.Count ?? 0, 1, InstrumentLimits.LevelsPerScale);
        faults.CheckUnique(at, "", levels ?? []);
        foreach (var (i, code) in (levels ?? []).Index())
        {
            if (!scales.Any(scale => scale.Levels.Any(level => level.Code == code)))
            {
                faults.Add($"{at}/{i}", FaultCodes.Unknown,
                    $"No scale of the first axis has a level \"{FaultList.Shown(code)}\"; levels: "
                    + $"{InstrumentCheck.Listed(scales.SelectMany(scale => scale.Levels).Select(level => level.Code))}.");
            }
            else if (scales.Any(scale => scale.Levels.Any(level => level.Code == code && level.Score is null)))
            {
                faults.Add($"{at}/{i}", FaultCodes.Inconsistent,
                    $"The level \"{FaultList.Shown(code)}\" has no score; shares are of the answers that have one.");
            }
        }
    }

    private static void CheckBounds(FaultList faults, string at, ThresholdCondition condition)
    {
        if (condition is { AtLeast: null, Above: null, AtMost: null, Below: null })
            faults.Add(at, FaultCodes.Missing, "No bound; write atLeast, above, atMost or below.");

        if (condition is { AtLeast: not null, Above: not null } or { AtMost: not null, Below: not null })
            faults.Add(at, FaultCodes.Inconsistent, "Two bounds on the same side; keep one of atLeast and above, one of atMost and below.");

        if ((condition.AtLeast ?? condition.Above) > (condition.AtMost ?? condition.Below))
            faults.Add(at, FaultCodes.Inconsistent, "The lower bound lies above the upper one; nothing can meet it.");
    }

    private static void CheckBound(FaultList faults, string at, double? bound, double least, double most)
    {
        if (bound is { } value && !(value >= least && value <= most))
            faults.Add(at, FaultCodes.OutOfRange, $"{value} lies outside {least} to {most}, which the measure can be.");
    }

    private static (double Least, double Most) Range(ThresholdMeasure measure, List<Scale> scales)
    {
        if (measure is not (ThresholdMeasure.Mean or ThresholdMeasure.Median))
            return (0, 1);

        var scores = scales.SelectMany(scale => scale.Levels).Where(level => level.Score is not null).Select(level => level.Score!.Value)
            .ToList();
        return scores.Count == 0 ? (double.MinValue, double.MaxValue) : (scores.Min(), scores.Max());
    }
}
