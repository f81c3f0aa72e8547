using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Results;

/// <summary>Puts together the result of one group: figures that may be shown, ranks, strengths and gaps.</summary>
internal sealed class GroupResults(InstrumentLayout layout, IReadOnlyList<AxisTable> axes, int group, GroupTally tally)
{
    /// <summary>Favorable and points shares that differ by less are rounding of the same share.</summary>
    private const int RankDecimals = 9;

    private readonly string firstAxis = layout.Document.Axes[0].Code;

    public GroupResult Compute(string? role)
    {
        var whole = Cells(_ => 0);
        var sections = Ranked(layout.Document.Sections.Select(Section).ToList());
        var thresholds = layout.Document.Thresholds;
        var reason = whole.Select(cell => cell.Reason).FirstOrDefault(reason => reason is not null);
        return new GroupResult
        {
            Role = role,
            Withheld = reason is not null,
            Reason = reason,
            Responses = reason is null ? tally.Responses : null,
            Participants = reason is null ? tally.Participants : null,
            Axes = whole,
            Total = Total(thresholds?.Total, whole),
            Sections = sections,
            Strengths = Findings(thresholds?.Strength, sections),
            Gaps = Findings(thresholds?.Gap, sections),
        };
    }

    private SectionResult Section(Section section) => new(
        section.Code,
        null,
        Cells(table => table.NodeOf(section)),
        [.. section.Items.Select(item => new ItemResult(item.Code, null, Cells(table => table.NodeOf(item))))]);

    /// <summary>Per axis the cell of a node; axes that it does not use are left out.</summary>
    private List<CellResult> Cells(Func<CellTable, int?> nodeOn)
    {
        var cells = new List<CellResult>();
        foreach (var (axis, table) in axes)
        {
            if (nodeOn(table) is not { } node || table.ElementsOf(node) is not { Count: > 0 } elements)
                continue;

            var reason = table[group, node].Reason;
            var scales = elements.Select(element => element.Scale.Code).Distinct().ToList();
            var measures = reason is null ? Measures.Together(tally.Counts, elements) : null;
            cells.Add(new CellResult(axis.Code, scales.Count == 1 ? scales[0] : null, reason is not null, reason, measures));
        }

        return cells;
    }

    private List<SectionResult> Ranked(List<SectionResult> sections)
    {
        var places = Places(sections.Select(section => First(section.Axes)));
        var itemPlaces = new Queue<int?>(Places(sections.SelectMany(section => section.Items).Select(item => First(item.Axes))));
        return [.. sections.Select((section, i) => section with
        {
            Rank = places[i],
            Items = [.. section.Items.Select(item => item with { Rank = itemPlaces.Dequeue() })],
        })];
    }

    private static List<int?> Places(IEnumerable<Measures?> figures)
    {
        var keys = figures.Select(measures => measures is { FavorableShare: { } favorable, PointsShare: { } points }
            ? (Math.Round(favorable, RankDecimals), Math.Round(points, RankDecimals))
            : ((double, double)?)null).ToList();
        return [.. keys
            .Select(key => key is null ? (int?)null : 1 + keys.Count(other => other is not null && other.Value.CompareTo(key.Value) > 0))];
    }

    private List<Finding> Findings(ThresholdRule? rule, IEnumerable<SectionResult> sections)
    {
        var findings = new List<Finding>();
        foreach (var section in sections)
        {
            Judge(section.Code, null, section.Axes);
            foreach (var item in section.Items)
                Judge(section.Code, item.Code, item.Axes);
        }

        return findings;

        void Judge(string section, string? item, IReadOnlyList<CellResult> cells)
        {
            if (First(cells) is { } measures && ThresholdEvaluation.Decide(rule, measures) is { } decidedBy)
                findings.Add(new Finding(section, item, decidedBy));
        }
    }

    private TotalOutcome? Total(ThresholdCondition? condition, IReadOnlyList<CellResult> whole)
    {
        if (condition is null)
            return null;

        var value = First(whole) is { } measures ? ThresholdEvaluation.Value(condition, measures) : null;
        return new TotalOutcome(condition, value, value is { } reached ? ThresholdEvaluation.Holds(condition, reached) : null);
    }

    /// <summary>Figures on the axis that leads; null where they are withheld or there are none.</summary>
    private Measures? First(IReadOnlyList<CellResult> cells) => cells.FirstOrDefault(cell => cell.Axis == firstAxis)?.Measures;
}
