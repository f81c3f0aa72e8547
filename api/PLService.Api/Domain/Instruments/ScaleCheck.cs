using System.Text.RegularExpressions;

namespace PLService.Api.Domain.Instruments;

/// <summary>The part of <see cref="InstrumentCheck"/> that looks at scales, levels and bands.</summary>
internal static partial class ScaleCheck
{
    private const double LargestScore = 1_000_000;

    public static void Check(FaultList faults, string at, Scale scale)
    {
        faults.CheckCode($"{at}/code", scale.Code);
        faults.CheckText($"{at}/title", scale.Title);
        if (!Enum.IsDefined(scale.Direction))
            faults.Add($"{at}/direction", FaultCodes.Format, "Write bestFirst or bestLast.");

        if (scale is { Numeric: not null, WrittenLevels: not null })
        {
            faults.Add(at, FaultCodes.Inconsistent,
                "Both levels and numeric are given; a numeric scale makes its levels itself, leave one out.");
        }
        else if (scale.Numeric is { } numeric)
            CheckNumeric(faults, at, scale, numeric);
        else if (scale.WrittenLevels is { } levels)
            CheckLevels(faults, at, scale, levels);
        else
            faults.Add(at, FaultCodes.Missing, "Neither levels nor numeric is given; one is needed.");

        if (scale.Bands is { } bands)
            CheckBands(faults, $"{at}/bands", scale, bands);
    }

    private static void CheckNumeric(FaultList faults, string at, Scale scale, NumericRange numeric)
    {
        if (scale.Direction != ScaleDirection.BestLast)
        {
            faults.Add($"{at}/direction", FaultCodes.Inconsistent,
                "A numeric scale runs from least to greatest and more is better; write bestLast.");
        }

        if (scale.Levels.Count == 0)
        {
            faults.Add($"{at}/numeric", FaultCodes.OutOfRange,
                $"{numeric.Min} to {numeric.Max} by {numeric.Step} makes no scale; min is 0 or more, max above it, and whole steps make "
                + $"2 to {InstrumentLimits.LevelsPerScale} numbers.");
        }

        if (numeric.FavorableFrom is { } least && !(least >= numeric.Min && least <= numeric.Max))
            faults.Add($"{at}/numeric/favorableFrom", FaultCodes.OutOfRange, $"{least} lies outside {numeric.Min} to {numeric.Max}.");
    }

    private static void CheckLevels(FaultList faults, string at, Scale scale, IReadOnlyList<Level> levels)
    {
        faults.CheckCount($"{at}/levels", "levels", levels.Count, 2, InstrumentLimits.LevelsPerScale);
        faults.CheckUnique($"{at}/levels", "/code", levels.Select(level => level.Code));
        foreach (var (i, level) in levels.Index())
            CheckLevel(faults, $"{at}/levels/{i}", level);

        CheckLabels(faults, at, levels);
        CheckScores(faults, at, scale, levels);
    }

    private static void CheckLevel(FaultList faults, string at, Level level)
    {
        faults.CheckCode($"{at}/code", level.Code);
        faults.CheckText($"{at}/label", level.Label);
        faults.CheckText($"{at}/description", level.Description);
        if (level.Colour is { } colour && !Colour().IsMatch(colour))
            faults.Add($"{at}/colour", FaultCodes.Format, $"\"{FaultList.Shown(colour)}\" is not a colour; write it as #2E7D32.");

        if (level.Shape is { } shape && !Shape().IsMatch(shape))
            faults.Add($"{at}/shape", FaultCodes.Format, $"\"{FaultList.Shown(shape)}\" is not a shape; write a word such as circle.");

        if (level.Score is { } score && !(Math.Abs(score) <= LargestScore))
            faults.Add($"{at}/score", FaultCodes.OutOfRange, $"{score} is too large; write -{LargestScore} to {LargestScore}.");

        if (level is { Favorable: true, Score: null })
        {
            faults.Add($"{at}/favorable", FaultCodes.Inconsistent,
                "The level is favorable but has no score; give it a score or make it not favorable.");
        }
    }

    /// <summary>Files name levels by code or label, so that neither may mean two levels.</summary>
    private static void CheckLabels(FaultList faults, string at, IReadOnlyList<Level> levels)
    {
        var owners = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (i, level) in levels.Index())
            owners.TryAdd(level.Code, i);

        foreach (var (i, level) in levels.Index())
        {
            foreach (var (tag, label) in level.Label)
            {
                if (!owners.TryAdd(label.Trim(), i) && owners[label.Trim()] != i)
                {
                    faults.Add($"{at}/levels/{i}/label/{FaultList.Escaped(tag)}", FaultCodes.Duplicate,
                        $"\"{FaultList.Shown(label)}\" also names the level {levels[owners[label.Trim()]].Code}; make them differ.");
                }
            }
        }
    }

    private static void CheckScores(FaultList faults, string at, Scale scale, IReadOnlyList<Level> levels)
    {
        var scored = levels.Index().Where(level => level.Item.Score is not null).ToList();
        if (scored.Select(level => level.Item.Score).Distinct().Count() < 2)
        {
            faults.Add($"{at}/levels", FaultCodes.TooFew,
                "Fewer than two levels with different scores; nothing can be compared. Give scores to at least two.");
        }

        foreach (var ((_, before), (i, level)) in scored.Zip(scored.Skip(1)))
        {
            var wrong = scale.Direction == ScaleDirection.BestFirst ? level.Score > before.Score : level.Score < before.Score;
            if (wrong)
            {
                faults.Add($"{at}/levels/{i}/score", FaultCodes.Inconsistent, scale.Direction == ScaleDirection.BestFirst
                    ? $"Score {level.Score} after {before.Score}, but the best level comes first: scores must not rise along the list."
                    : $"Score {level.Score} after {before.Score}, but the best level comes last: scores must not fall along the list.");
            }
        }

        var unfavorable = scored.Where(level => !level.Item.Favorable).Select(level => level.Item.Score).Max();
        foreach (var (i, level) in scored.Where(level => level.Item.Favorable && level.Item.Score < unfavorable))
        {
            faults.Add($"{at}/levels/{i}/favorable", FaultCodes.Inconsistent,
                $"Favorable with score {level.Score}, while a level with score {unfavorable} is not; "
                + "what scores more cannot be less favorable.");
        }
    }

    private static void CheckBands(FaultList faults, string at, Scale scale, IReadOnlyList<Band> bands)
    {
        faults.CheckCount(at, "bands", bands.Count, 1, InstrumentLimits.BandsPerScale);
        faults.CheckUnique(at, "/code", bands.Select(band => band.Code));
        foreach (var (i, band) in bands.Index())
        {
            faults.CheckCode($"{at}/{i}/code", band.Code);
            faults.CheckText($"{at}/{i}/label", band.Label);
            if (!(band.To >= band.From))
                faults.Add($"{at}/{i}/to", FaultCodes.Inconsistent, $"The band ends at {band.To}, before it starts at {band.From}.");

            if (i > 0 && !(band.From > bands[i - 1].From && band.From >= bands[i - 1].To))
            {
                faults.Add($"{at}/{i}/from", FaultCodes.Inconsistent,
                    $"Starts at {band.From}, within or before the band {bands[i - 1].Code} ({bands[i - 1].From} to {bands[i - 1].To}); "
                    + "order them from least to greatest.");
            }
        }

        var uncovered = scale.Levels
            .Where(level => level.Score is { } score && !bands.Any(band => score >= band.From && score <= band.To)).ToList();
        if (uncovered.Count > 0)
        {
            faults.Add(at, FaultCodes.Inconsistent,
                $"No band holds the score of {InstrumentCheck.Listed(uncovered.Select(level => level.Code))}; "
                + "bands must cover every score.");
        }
    }

    [GeneratedRegex(@"^#[0-9A-Fa-f]{6}\z")]
    private static partial Regex Colour();

    [GeneratedRegex(@"^[a-z][a-z-]{0,39}\z")]
    private static partial Regex Shape();
}
