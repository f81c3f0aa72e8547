using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Results;

/// <summary>How the items of an instrument cover a framework, and how each match was made.</summary>
/// <param name="Framework">Code of the framework.</param>
/// <param name="Title">Its title.</param>
/// <param name="Standards">The standards that items speak to, in the order of the framework.</param>
/// <param name="NotCovered">
/// The standards that no item speaks to, in the order of the framework, 500 at most; those that others stand below are left out.
/// </param>
/// <param name="NotCoveredCount">How many they are.</param>
/// <param name="UnmatchedItems">Codes of the items that speak to no standard of the framework.</param>
/// <param name="Unmerged">Standards whose items have different scales on an axis: their figures stand apart, one for each scale.</param>
public sealed record LensCoverage(
    string Framework,
    string Title,
    IReadOnlyList<CoveredStandard> Standards,
    IReadOnlyList<UncoveredStandard> NotCovered,
    int NotCoveredCount,
    IReadOnlyList<string> UnmatchedItems,
    IReadOnlyList<UnmergedStandard> Unmerged)
{
    /// <summary>Most standards that are listed as not covered.</summary>
    public const int MostNotCovered = 500;

    internal static readonly LensCoverage Sample = new(
        "ct-2015", "Connecticut Standards for Professional Learning",
        [
            new("OUT", "Outcomes", "Professional learning is aligned with goals.", LensMatchKind.Direct,
                [new CoveringItem("VIS.1", LensMatchKind.Direct, [new LensStep("isRelatedTo", "ct-2015", "OUT", false)])]),
        ],
        [new("CUL", "Cultural Competence")], 1, [], []);
}

/// <summary>A standard that items speak to.</summary>
/// <param name="Standard">Its code, or its identifier where it has none.</param>
/// <param name="Label">A short form; null when it has none.</param>
/// <param name="Statement">The whole text.</param>
/// <param name="Match">How sure the least sure of its items is.</param>
/// <param name="Items">The items, in the order of the instrument.</param>
public sealed record CoveredStandard(string Standard, string? Label, string Statement, LensMatchKind Match, IReadOnlyList<CoveringItem> Items);

/// <summary>An item that speaks to a standard.</summary>
/// <param name="Item">Code of the item.</param>
/// <param name="Match">How sure that is.</param>
/// <param name="Path">The steps from the item to the standard: its alignment, then associations.</param>
public sealed record CoveringItem(string Item, LensMatchKind Match, IReadOnlyList<LensStep> Path);

/// <summary>A standard that no item speaks to.</summary>
/// <param name="Standard">Its code, or its identifier where it has none.</param>
/// <param name="Label">A short form; null when it has none.</param>
public sealed record UncoveredStandard(string Standard, string? Label);

/// <summary>A standard whose items have different scales, so that their answers cannot be put together.</summary>
/// <param name="Standard">Code of the standard.</param>
/// <param name="Axis">Code of the axis.</param>
/// <param name="Scales">Codes of the scales.</param>
public sealed record UnmergedStandard(string Standard, string Axis, IReadOnlyList<string> Scales);

/// <summary>Items of one scale on one axis that speak to the same standard: what a figure of the lens is made of.</summary>
internal sealed record LensGroup(CoveredStandard Standard, Axis Axis, Scale Scale, IReadOnlyList<Element> Elements);

/// <summary>An instrument seen through a lens.</summary>
internal sealed class LensView
{
    private LensView(LensCoverage coverage, IReadOnlyList<LensGroup> groups) => (Coverage, Groups) = (coverage, groups);

    public LensCoverage Coverage { get; }

    /// <summary>In the order of the framework, then of the axes.</summary>
    public IReadOnlyList<LensGroup> Groups { get; }

    /// <param name="lens">The lens.</param>
    /// <param name="elements">Items on axes, in the order of the instrument.</param>
    public static LensView Of(Lens lens, IReadOnlyList<Element> elements)
    {
        var matches = elements.ToDictionary(element => element, element => lens.Match(element.Item.Alignments));
        var standards = new List<CoveredStandard>();
        var groups = new List<LensGroup>();
        foreach (var standard in lens.Standards)
        {
            var matched = elements.Where(element => matches[element].Any(match => match.Standard == standard)).ToList();
            if (matched.Count == 0)
                continue;

            var covered = Covered(standard, matched.Select(element => (element.Item.Code, matches[element].Single(match => match.Standard == standard))));
            standards.Add(covered);
            groups.AddRange(matched.GroupBy(element => element.Axis.Code).SelectMany(onAxis => onAxis
                .GroupBy(element => element.Scale, (IEqualityComparer<Scale>)ReferenceEqualityComparer.Instance)
                .Select(group => new LensGroup(covered, group.First().Axis, group.Key, [.. group]))));
        }

        var coveredKeys = standards.Select(standard => standard.Standard).ToHashSet();
        var not = lens.Leaves.Where(leaf => !coveredKeys.Contains(leaf.Key)).ToList();
        var coverage = new LensCoverage(
            lens.Framework,
            lens.Title,
            standards,
            [.. not.Take(LensCoverage.MostNotCovered).Select(leaf => new UncoveredStandard(leaf.Key, leaf.Label))],
            not.Count,
            [.. elements.GroupBy(element => element.Item.Code).Where(item => item.All(element => matches[element].Count == 0)).Select(item => item.Key)],
            [.. groups.GroupBy(group => (group.Standard.Standard, group.Axis.Code)).Where(group => group.Count() > 1)
                .Select(group => new UnmergedStandard(group.Key.Standard, group.Key.Code, [.. group.Select(one => one.Scale.Code)]))]);
        return new LensView(coverage, groups);
    }

    private static CoveredStandard Covered(NamedStandard standard, IEnumerable<(string Item, LensMatch Match)> matched)
    {
        // An item stands on several axes, or in several versions: once is enough, by its best way.
        var items = matched.GroupBy(one => one.Item)
            .Select(item => item.MinBy(one => (one.Match.Kind, one.Match.Path.Count)))
            .Select(item => new CoveringItem(item.Item, item.Match.Kind, item.Match.Path)).ToList();
        return new CoveredStandard(standard.Key, standard.Label, standard.Statement, items.Max(item => item.Match), items);
    }
}
