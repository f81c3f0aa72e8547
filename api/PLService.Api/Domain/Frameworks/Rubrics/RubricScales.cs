using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Frameworks.Rubrics;

/// <summary>How a criterion is rated.</summary>
/// <param name="Scale">Code of its scale.</param>
/// <param name="Descriptors">What each level means for it, by the code of the level.</param>
/// <param name="Empty">Codes of the levels of the scale that it does not offer.</param>
internal sealed record RatedCriterion(string Scale, IReadOnlyDictionary<string, Text> Descriptors, IReadOnlyList<string> Empty);

/// <summary>
/// The scales of a rubric. Criteria whose levels have the same labels and scores share one, and so do those that lack some of them; others
/// get a scale of their own.
/// </summary>
internal sealed class RubricScales
{
    private readonly List<Draft> _drafts = [];
    private readonly Dictionary<RubricCriterion, (Draft Draft, IReadOnlyList<int> Places)> _places = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Draft, Scale> _made = [];

    private RubricScales()
    {
    }

    /// <summary>The scales, in the order of the criteria that first use them.</summary>
    public IReadOnlyList<Scale> Scales { get; private set; } = [];

    /// <summary>Code of the scale that most criteria use.</summary>
    public string MostUsed { get; private set; } = "";

    public static RubricScales Of(RubricDocument rubric)
    {
        var scales = new RubricScales();
        // The longest first, for others to find their levels in it.
        foreach (var criterion in rubric.Criteria.OrderByDescending(criterion => criterion.Levels.Count))
            scales.Place(criterion);
        var used = rubric.Criteria.Select(criterion => scales._places[criterion].Draft).ToList();
        foreach (var (i, draft) in used.Distinct().Index())
            scales._made[draft] = draft.Make(used.Distinct().Skip(1).Any() ? $"levels-{i + 1}" : "levels", rubric.Direction);
        scales.Scales = [.. used.Distinct().Select(draft => scales._made[draft])];
        scales.MostUsed = used.CountBy(draft => draft).OrderByDescending(count => count.Value).Select(count => scales._made[count.Key].Code).FirstOrDefault("");
        return scales;
    }

    public RatedCriterion For(RubricCriterion criterion)
    {
        var (draft, places) = _places[criterion];
        var scale = _made[draft];
        var offered = criterion.Levels.Zip(places).Where(level => !level.First.Empty).ToList();
        return new(
            scale.Code,
            offered.Where(level => !string.IsNullOrWhiteSpace(level.First.Description)).ToDictionary(level => scale.Levels[level.Second].Code, level => Text.En(level.First.Description!)),
            [.. scale.Levels.Index().Where(level => offered.TrueForAll(one => one.Second != level.Index)).Select(level => level.Item.Code)]);
    }

    private void Place(RubricCriterion criterion)
    {
        foreach (var draft in _drafts)
        {
            if (draft.Find(criterion.Levels) is { } places)
            {
                _places[criterion] = (draft, places);
                return;
            }
        }

        var own = new Draft(criterion.Levels);
        _drafts.Add(own);
        _places[criterion] = (own, [.. Enumerable.Range(0, criterion.Levels.Count)]);
    }

    /// <summary>A scale as criteria are found to use it.</summary>
    private sealed class Draft(IReadOnlyList<RubricLevel> levels)
    {
        private readonly List<(string Label, bool IsOffered, double? Score)> _levels = [.. levels.Select(level => (level.Label.Trim(), !level.Empty, level.Score))];

        /// <summary>Places of the levels, in their order; null when one is not there. What an empty cell would score is nobody's matter.</summary>
        public IReadOnlyList<int>? Find(IReadOnlyList<RubricLevel> wanted)
        {
            var places = new List<int>();
            foreach (var level in wanted)
            {
                var place = _levels.FindIndex(places.Count == 0 ? 0 : places[^1] + 1, mine => mine.Label.Equals(level.Label.Trim(), StringComparison.OrdinalIgnoreCase)
                    && (level.Empty || !mine.IsOffered || mine.Score == level.Score));
                if (place < 0)
                    return null;
                places.Add(place);
            }

            foreach (var (level, place) in wanted.Zip(places).Where(pair => !pair.First.Empty))
                _levels[place] = (_levels[place].Label, true, level.Score);
            return places;
        }

        public Scale Make(string code, ScaleDirection direction)
        {
            var isScored = _levels.Exists(level => level.IsOffered && level.Score is not null);
            var scores = _levels.Select((level, i) => isScored ? (level.IsOffered ? level.Score : null) : direction is ScaleDirection.BestFirst ? _levels.Count - i : i + 1).ToList();
            // The upper half of the range counts as favorable.
            var middle = (scores.Max() + scores.Min()) / 2;
            var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            return new()
            {
                Code = code,
                Title = Text.En("Levels"),
                Direction = direction,
                Levels =
                [
                    .. _levels.Zip(scores).Index().Select(level => new Level
                    {
                        Code = RubricCodes.Slug(level.Item.First.Label, $"level-{level.Index + 1}", taken),
                        Label = Text.En(level.Item.First.Label),
                        Score = level.Item.Second,
                        Favorable = level.Item.Second > middle,
                    }),
                ],
            };
        }
    }
}
