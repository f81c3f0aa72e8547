using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Frameworks.Rubrics;

/// <summary>Whether a rubric makes sense by itself: what passes can be rated, whatever its standards are.</summary>
internal static class RubricCheck
{
    /// <summary>The faults in document order, at most <see cref="FaultList.Most"/>; none for a sound rubric.</summary>
    public static IReadOnlyList<Fault> Check(RubricDocument rubric)
    {
        var faults = new FaultList();
        faults.CheckNulls(rubric);
        if (faults.Faults.Count > 0)
            return faults.Faults;

        Named(faults, "/title", rubric.Title, RubricLimits.TitleLength);
        faults.CheckWords("/description", rubric.Description, RubricLimits.TextLength);
        if (!Enum.IsDefined(rubric.Direction))
            faults.Add("/direction", FaultCodes.Format, "Write bestFirst or bestLast.");
        CheckRoles(faults, rubric.Roles ?? []);
        faults.CheckCount("/criteria", "criteria", rubric.Criteria.Count, 1, RubricLimits.Criteria);
        foreach (var (i, criterion) in rubric.Criteria.Index())
            CheckCriterion(faults, $"/criteria/{i}", rubric, criterion);
        Differ(faults, "/criteria", "code", rubric.Criteria.Select(criterion => criterion.Code));
        Differ(faults, "/criteria", "id", rubric.Criteria.Select(criterion => criterion.Id?.ToString()));
        return faults.Faults;
    }

    private static void CheckRoles(FaultList faults, IReadOnlyList<string> roles)
    {
        faults.CheckCount("/roles", "roles", roles.Count, 0, RubricLimits.Roles);
        faults.CheckUnique("/roles", "", roles);
        foreach (var (i, role) in roles.Index())
            Named(faults, $"/roles/{i}", role, RubricLimits.NameLength);
    }

    private static void CheckCriterion(FaultList faults, string at, RubricDocument rubric, RubricCriterion criterion)
    {
        if (criterion.Code is { } code)
            faults.CheckCode($"{at}/code", code);
        if (criterion.Role is { } role)
        {
            Named(faults, $"{at}/role", role, RubricLimits.NameLength);
            if (rubric.Roles is { } roles && !roles.Contains(role))
                faults.Add($"{at}/role", FaultCodes.Unknown, $"The rubric has no role \"{FaultList.Shown(role)}\"; roles: {InstrumentCheck.Listed(roles)}.");
        }

        if (criterion.Standard is { Id: null } standard && (standard.Framework is null || standard.Code is null))
            faults.Add($"{at}/standard", FaultCodes.Missing, "Name the standard by its id, or by framework and code.");
        Named(faults, $"{at}/outcome", criterion.Outcome, RubricLimits.TextLength);
        if (criterion.Weight is { } weight && !(weight is >= 0 and <= RubricLimits.Largest))
            faults.Add($"{at}/weight", FaultCodes.OutOfRange, $"{weight} is no weight; write 0 to {RubricLimits.Largest}.");
        CheckLevels(faults, $"{at}/levels", rubric.Direction, criterion.Levels);
    }

    private static void CheckLevels(FaultList faults, string at, ScaleDirection direction, IReadOnlyList<RubricLevel> levels)
    {
        faults.CheckCount(at, "levels", levels.Count, 2, RubricLimits.LevelsPerCriterion);
        Differ(faults, at, "label", levels.Select(level => level.Label.Trim()));
        Differ(faults, at, "id", levels.Select(level => level.Id?.ToString()));
        foreach (var (i, level) in levels.Index())
        {
            Named(faults, $"{at}/{i}/label", level.Label, RubricLimits.NameLength);
            faults.CheckWords($"{at}/{i}/description", level.Description, RubricLimits.TextLength);
            faults.CheckWords($"{at}/{i}/feedback", level.Feedback, RubricLimits.TextLength);
            if (level.Score is { } score && !(Math.Abs(score) <= RubricLimits.Largest))
                faults.Add($"{at}/{i}/score", FaultCodes.OutOfRange, $"{score} is too large; write -{RubricLimits.Largest} to {RubricLimits.Largest}.");
            if (level.Empty && !(string.IsNullOrWhiteSpace(level.Description) && string.IsNullOrWhiteSpace(level.Feedback)))
                faults.Add($"{at}/{i}/empty", FaultCodes.Inconsistent, "An empty cell has no description and no feedback; leave those or empty out.");
        }

        var offered = levels.Index().Where(level => !level.Item.Empty).ToList();
        if (levels.Count >= 2 && offered.Count < 2)
            faults.Add(at, FaultCodes.TooFew, "Fewer than two levels are not empty; there is nothing to choose from.");
        CheckScores(faults, at, direction, [.. levels.Index().Where(level => level.Item.Score is not null)], offered);
    }

    private static void CheckScores(
        FaultList faults, string at, ScaleDirection direction, List<(int Index, RubricLevel Item)> scored, List<(int Index, RubricLevel Item)> offered)
    {
        var scores = offered.Select(level => level.Item.Score).OfType<double>().ToList();
        if (scores.Count > 0 && scores.Distinct().Count() < 2)
            faults.Add(at, FaultCodes.TooFew, "Fewer than two levels have different scores; give scores to at least two, or to none.");
        var isBestFirst = direction is ScaleDirection.BestFirst;
        foreach (var (before, level) in scored.Zip(scored.Skip(1)).Where(pair => isBestFirst ? pair.Second.Item.Score > pair.First.Item.Score : pair.Second.Item.Score < pair.First.Item.Score))
        {
            faults.Add($"{at}/{level.Index}/score", FaultCodes.Inconsistent,
                $"Score {level.Item.Score} after {before.Item.Score}, but the best level comes {(isBestFirst ? "first: scores must not rise" : "last: scores must not fall")} along the list.");
        }
    }

    private static void Named(FaultList faults, string at, string name, int most)
    {
        if (string.IsNullOrWhiteSpace(name))
            faults.Add(at, FaultCodes.Missing, "Nothing is written here; write something.");
        else
            faults.CheckWords(at, name, most);
    }

    private static void Differ(FaultList faults, string at, string member, IEnumerable<string?> values)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (i, value) in values.Index())
        {
            if (!string.IsNullOrEmpty(value) && !seen.Add(value))
                faults.Add($"{at}/{i}/{member}", FaultCodes.Duplicate, $"\"{FaultList.Shown(value)}\" stands in this list twice; upper and lower case count as the same.");
        }
    }
}
