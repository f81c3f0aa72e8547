using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Results;

/// <summary>A result seen through a framework of standards.</summary>
/// <param name="Coverage">How the items cover the framework, and how each match was made.</param>
/// <param name="Whole">Figures of all people per standard, axis and scale.</param>
/// <param name="ByRole">Figures of each role.</param>
internal sealed record LensResult(LensCoverage Coverage, IReadOnlyList<LensCell> Whole, IReadOnlyList<LensRole> ByRole)
{
    /// <summary>
    /// Computes it from the result as it was published and from nothing else. So it tells nothing that the result does not tell: of items
    /// that are withheld there is nothing to add up, and a standard that one of them speaks to is withheld with it.
    /// </summary>
    /// <param name="result">The frozen result.</param>
    /// <param name="view">The instrument version that it is of, seen through the lens.</param>
    public static LensResult Of(ResultDocument result, LensView view) => new(
        view.Coverage, Cells(result.Whole, view), [.. result.ByRole.Select(role => new LensRole(role.Role!, Cells(role, view)))]);

    private static List<LensCell> Cells(GroupResult group, LensView view)
    {
        var published = group.Sections.SelectMany(section => section.Items)
            .SelectMany(item => item.Axes.Select(cell => (Key: (item.Code, cell.Axis), Cell: cell))).ToDictionary(one => one.Key, one => one.Cell);
        return [.. view.Groups.Select(one => CellOf(one, [.. one.Elements.Select(element => published[(element.Item.Code, element.Axis.Code)])]))];
    }

    private static LensCell CellOf(LensGroup group, List<CellResult> cells)
    {
        var reasons = cells.Select(cell => cell.Reason).OfType<WithheldReason>().ToList();
        var reason = reasons.Count == 0 ? (WithheldReason?)null : reasons.Min();
        return new LensCell(
            group.Standard.Standard, group.Axis.Code, group.Scale.Code, [.. group.Elements.Select(element => element.Item.Code)],
            reason is not null, reason, reason is null ? Together(cells, group.Scale) : null);
    }

    private static Measures Together(List<CellResult> cells, Scale scale)
    {
        var counts = new int[scale.Levels.Count];
        foreach (var share in cells.SelectMany(cell => cell.Measures!.Distribution!.Index()))
            counts[share.Index] += share.Item.Count;
        return Measures.Of(counts, scale);
    }
}

/// <summary>A role's figures per standard, axis and scale.</summary>
/// <param name="Role">Code of the role.</param>
/// <param name="Cells">Its figures.</param>
internal sealed record LensRole(string Role, IReadOnlyList<LensCell> Cells);

/// <summary>The figures of the items that speak to one standard, on one axis and scale.</summary>
/// <param name="Standard">Code of the standard, or its identifier where it has none.</param>
/// <param name="Axis">Code of the axis.</param>
/// <param name="Scale">Code of the scale.</param>
/// <param name="Items">Codes of the items whose answers were put together.</param>
/// <param name="Withheld">Whether the figures are kept back, because those of an item are.</param>
/// <param name="Reason">Why; null when they are shown.</param>
/// <param name="Measures">The figures, each rating weighing the same; null when they are kept back.</param>
internal sealed record LensCell(
    string Standard, string Axis, string Scale, IReadOnlyList<string> Items, bool Withheld, WithheldReason? Reason, Measures? Measures);
