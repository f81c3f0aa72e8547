using System.Globalization;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;

namespace PLService.Api.Domain.Priorities;

/// <summary>What priorities are proposed of.</summary>
public enum ProposedBy
{
    /// <summary>Each item that is a gap, and a section as a whole where it is one and none of its items is.</summary>
    Item,

    /// <summary>Each section that is a gap as a whole, with all of its items.</summary>
    Section,
}

/// <summary>The items of a frozen result as a team chooses among them.</summary>
internal sealed class AssessedItems
{
    private readonly InstrumentLayout _layout;
    private readonly ResultDocument _result;
    private readonly Dictionary<string, (PriorityLevel Level, int Place)> _items = new(StringComparer.OrdinalIgnoreCase);

    public AssessedItems(ResultDocument result, InstrumentLayout layout)
    {
        (_result, _layout) = (result, layout);
        var gaps = result.Whole.Gaps.Where(gap => gap.Item is not null).ToDictionary(gap => gap.Item!, gap => gap.DecidedBy);
        var axis = layout.Document.Axes[0].Code;
        foreach (var section in result.Whole.Sections)
        {
            foreach (var item in section.Items)
                _items[item.Code] = (LevelOf(section.Code, item, axis, gaps.GetValueOrDefault(item.Code)), _items.Count);
        }
    }

    /// <summary>What an item said; null when the instrument has none of this code.</summary>
    public PriorityLevel? Find(string item) => _items.TryGetValue(item, out var found) ? found.Level : null;

    /// <summary>Place of an item in the instrument.</summary>
    public int PlaceOf(string item) => _items[item].Place;

    /// <summary>Levels of items in the order of the instrument.</summary>
    public IReadOnlyList<PriorityLevel> InOrder(IEnumerable<string> items) =>
        [.. items.Select(item => _items[item]).DistinctBy(found => found.Place).OrderBy(found => found.Place).Select(found => found.Level)];

    /// <summary>The gaps by the instrument's rules, the greatest first.</summary>
    public IReadOnlyList<(PriorityContent Content, IReadOnlyList<PriorityLevel> Levels)> Propose(ProposedBy by)
    {
        var sections = _result.Whole.Gaps.Where(gap => gap.Item is null && (by is ProposedBy.Section || !_result.Whole.Gaps.Any(other => other.Item is not null && other.Section == gap.Section)))
            .Select(OfSection);
        var items = by is ProposedBy.Item ? _result.Whole.Gaps.Where(gap => gap.Item is not null).Select(OfItem) : [];
        return [.. sections.Concat(items).OrderByDescending(one => SizeOf(one.Levels)).ThenBy(one => PlaceOf(one.Levels[0].Item)).Take(PriorityList.MaxPriorities)];
    }

    /// <summary>How great a gap is: what is missing of all answers being favorable; 0 where nothing is shown of it.</summary>
    public static double SizeOf(IReadOnlyCollection<PriorityLevel> levels) => PriorityLevel.FavorableShareOf(levels) is { } share ? 1 - share : 0;

    /// <summary>Whether a level is one that all items of the priority can be at, on the first axis.</summary>
    public bool IsLevel(IEnumerable<string> items, string level)
    {
        var axis = _layout.Document.Axes[0].Code;
        return items.All(item => _layout.TryFind(item, axis, out var element) && element.Scale.Levels.Any(one => one.Code == level));
    }

    /// <summary>What items are called: the wording of the first of them.</summary>
    public string TitleOf(IReadOnlyList<PriorityLevel> levels) =>
        Cut(_layout.Document.Sections.SelectMany(section => section.Items).First(item => item.Code == levels[0].Item).Text.ToString());

    private (PriorityContent Content, IReadOnlyList<PriorityLevel> Levels) OfItem(Finding gap)
    {
        IReadOnlyList<PriorityLevel> levels = [_items[gap.Item!].Level];
        return (new PriorityContent { Title = TitleOf(levels), Reason = ReasonOf(gap) }, levels);
    }

    private (PriorityContent Content, IReadOnlyList<PriorityLevel> Levels) OfSection(Finding gap)
    {
        var section = _layout.Document.Sections.First(one => one.Code == gap.Section);
        return (new PriorityContent { Title = Cut(section.Title.ToString()), Reason = ReasonOf(gap) }, InOrder(section.Items.Select(item => item.Code)));
    }

    private static PriorityLevel LevelOf(string section, ItemResult item, string axis, IReadOnlyList<DecidedCondition>? decidedBy)
    {
        var cell = item.Axes.FirstOrDefault(cell => cell.Axis == axis);
        var measures = cell?.Measures;
        return new PriorityLevel(
            item.Code, section, decidedBy is not null, cell?.Reason, measures?.N, SixDecimals.Of(measures?.FavorableShare), SixDecimals.Of(measures?.Mean),
            SixDecimals.Of(measures?.Median), measures?.Distribution, decidedBy);
    }

    private static string ReasonOf(Finding gap) => string.Join("; ", gap.DecidedBy.Select(decided =>
    {
        var condition = decided.Condition;
        var bounds = new (string Words, double? Bound)[] { ("at least", condition.AtLeast), ("above", condition.Above), ("at most", condition.AtMost), ("below", condition.Below) }
            .Where(bound => bound.Bound is not null).Select(bound => string.Create(CultureInfo.InvariantCulture, $"{bound.Words} {bound.Bound}"));
        var measure = condition.Measure switch
        {
            ThresholdMeasure.LevelShare => $"Share of {string.Join(", ", condition.Levels ?? [])}",
            ThresholdMeasure.FavorableShare => "Favorable share",
            ThresholdMeasure.PointsShare => "Share of points",
            ThresholdMeasure.Mean => "Mean",
            _ => "Median",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{measure} is {SixDecimals.Of(decided.Value)}: {string.Join(" and ", bounds)} makes it a gap");
    }));

    private static string Cut(string text) => text.Length <= PriorityContent.TitleMaxLength ? text : text[..(PriorityContent.TitleMaxLength - 1)] + "…";
}
