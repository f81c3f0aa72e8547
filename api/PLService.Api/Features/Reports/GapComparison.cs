using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;
using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Features.Reports;

/// <summary>An item of an organization in two rounds.</summary>
internal sealed record ComparedItem(MergedElement Element, GapLevel? Then, GapLevel? Now, bool LevelsChanged)
{
    /// <summary>What became of it; null where the two cannot be compared.</summary>
    public GapChange? Change { get; } =
        !LevelsChanged && Then is { FavorableShare: { } before, IsGap: { } wasGap } && Now is { FavorableShare: { } after, IsGap: { } isGap }
            ? new GapState(wasGap, before).To(new GapState(isGap, after))
            : null;

    /// <summary>Whether it is a gap in one of the rounds at least.</summary>
    public bool IsGap => Then?.IsGap is true || Now?.IsGap is true;
}

/// <summary>Holds the rounds of an organization against each other, item by item, on the first axis of the newest version and by its rules.</summary>
internal sealed class GapComparison
{
    private readonly RollupAnswer _answer;
    private readonly ThresholdRule? _rule;
    private readonly int? _marks;
    private readonly List<List<MergedElement>> _items;

    private GapComparison(RollupAnswer answer)
    {
        _answer = answer;
        var newest = answer.Instrument.Versions[^1].Document;
        (_rule, _marks) = (newest.Thresholds?.Gap, newest.MarksPerParticipant);
        var axis = newest.Axes[0].Code;
        _items = [.. answer.Instrument.Elements.Where(e => e.Element.Axis.Code == axis).GroupBy(e => e.Element.Item.Code, StringComparer.OrdinalIgnoreCase).Select(group => group.ToList())];
    }

    /// <summary>The comparison of an answer that has figures.</summary>
    public static GapComparison Of(RollupAnswer answer) => answer.WorkOut(nameof(GapComparison), () => new GapComparison(answer));

    /// <summary>The items that were asked in one of the rounds at least.</summary>
    public List<ComparedItem> Compare(Guid organizationId, string? from, string to)
    {
        var (then, now) = (from is null ? null : Sight(organizationId, from), Sight(organizationId, to));
        var compared = new List<ComparedItem>(_items.Count);
        foreach (var elements in _items)
        {
            // Of several wordings the one that both rounds have, if there is one, else the newest that each has.
            var both = elements.Find(e => Has(then, e) && Has(now, e));
            var before = both ?? elements.Find(e => Has(then, e));
            var after = both ?? elements.Find(e => Has(now, e));
            if ((after ?? before) is { } shown)
                compared.Add(new ComparedItem(shown, LevelOf(then, before), LevelOf(now, after), before is not null && after is not null && before != after));
        }

        return compared;
    }

    /// <summary>The counts of items, whatever was done about them.</summary>
    public static GapCounts CountsOf(IReadOnlyCollection<ComparedItem> items)
    {
        int Count(GapChange change) => items.Count(item => item.Change == change);
        return new GapCounts(
            items.Count(item => item.Then?.IsGap is true),
            items.Count(item => item.Now?.IsGap is true),
            Count(GapChange.Opened),
            Count(GapChange.Closed),
            Count(GapChange.Widened),
            Count(GapChange.Narrowed),
            Count(GapChange.Stayed),
            0,
            0,
            items.Count(item => item.Change is null));
    }

    private static bool Has(RoundSight? sight, MergedElement element) => sight is not null && sight.Has(element);

    private RoundSight? Sight(Guid organizationId, string round) =>
        _answer.FiguresOf(organizationId, round) is { } figures ? new RoundSight(figures, _answer.Withheld(organizationId, round)) : null;

    private GapLevel? LevelOf(RoundSight? sight, MergedElement? element)
    {
        if (sight is null || element is null)
            return null;
        if (sight.Withheld is { } withheld)
            return new GapLevel(withheld, null, null, null, null);

        var scale = element.Element.Scale;
        var counts = element.Element.CountsIn(sight.Figures.Counts);
        // As in results: an item that few of many answered is a small group by itself.
        if (Suppression.IsSmall(sight.People.PeopleBehind(LevelCounts.Sum(counts), _marks), _answer.Rows.Minimum))
            return new GapLevel(WithheldReason.SmallGroup, null, null, null, null);
        var scores = ScoredCounts.Of(counts, scale);
        return scores.N == 0
            ? new GapLevel(null, 0, null, null, false)
            : new GapLevel(null, scores.N, SixDecimals.Of((double)scores.Favorable / scores.N), SixDecimals.Of(scores.Mean), ThresholdEvaluation.Meets(_rule, counts, scale, scores));
    }

    /// <summary>A round of an organization, as far as it may be looked at.</summary>
    private sealed record RoundSight(RollupFigures Figures, WithheldReason? Withheld)
    {
        public GroupTally People { get; } = new([], 0, Figures.Responses);

        // Asked for every item of thousands of organizations.
        public bool Has(MergedElement element)
        {
            for (var i = 0; i < element.Versions.Count; i++)
            {
                if (Figures.Uses(element.Versions[i]))
                    return true;
            }

            return false;
        }
    }
}
