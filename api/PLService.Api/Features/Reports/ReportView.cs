using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;

namespace PLService.Api.Features.Reports;

/// <summary>How the items of an instrument are put together into cells: by their places in it, or by the standards of a lens.</summary>
/// <remarks>Compared by value: what was worked out for one view is right for an equal one.</remarks>
internal sealed record ReportView(ReportGrouping By, LensView? Lens)
{
    /// <summary>The cells that these items make up, in order.</summary>
    /// <param name="elements">Items that figures are given of.</param>
    public IEnumerable<CellOfReport> CellsOf(IEnumerable<MergedElement> elements) => Lens is null
        ? elements.GroupBy(element => KeyOf(element, By)).Select(group => new CellOfReport(group.Key, null, [.. group]))
        : ByStandard(Lens, elements.ToDictionary(element => element.Element.Index));

    private static IEnumerable<CellOfReport> ByStandard(LensView lens, Dictionary<int, MergedElement> given)
    {
        // A place among the lens's groups is a key: rounds and organizations of one answer are seen through the same lens.
        foreach (var (i, group) in lens.Groups.Index())
        {
            List<MergedElement> elements = [.. group.Elements.Where(element => given.ContainsKey(element.Index)).Select(element => given[element.Index])];
            if (elements.Count > 0)
                yield return new CellOfReport($"{i}", group, elements);
        }
    }

    private static string KeyOf(MergedElement element, ReportGrouping by) => by switch
    {
        ReportGrouping.Item => $"{element.Element.Index}",
        ReportGrouping.Section => $"{element.Element.Section.Code} {element.Element.Axis.Code}",
        _ => element.Element.Axis.Code,
    };
}

/// <summary>One cell of a report before its figures.</summary>
/// <param name="Key">By which the same cell of another round or organization is found.</param>
/// <param name="Group">What it is in the lens; null without one.</param>
/// <param name="Elements">The items that it is made of.</param>
internal sealed record CellOfReport(string Key, LensGroup? Group, IReadOnlyList<MergedElement> Elements);
