using System.Diagnostics;

namespace PLService.Api.Domain.Results;

/// <summary>
/// Complementary suppression in a <see cref="CellTable"/>: withholds more cells until no small one can be worked out from shown ones.
/// </summary>
/// <remarks>
/// The sums of the table are those of a flow: from a source through each role's total, sections and items into the item of the whole,
/// its section and total, and back. So each cell is an edge, each sum a node, and what is shown determines a withheld cell exactly when
/// its edge is a bridge of the graph of withheld edges. To protect it, the cheapest ring through it is withheld, as in Kelly, J. P.,
/// Golden, B. L., and Assad, A. A. (1992). Cell suppression: disclosure protection for sensitive tabular data. Networks, 22(4), 397-417.
/// Beyond that, what is left of one shown sum holds at least the minimum of people.
/// </remarks>
internal sealed class CellSuppression
{
    private readonly CellTable table;
    private readonly int minimum;
    private readonly CellGraph graph;

    private CellSuppression(CellTable table, int minimum) =>
        (this.table, this.minimum, graph) = (table, minimum, new CellGraph(table));

    /// <summary>Sets the reason of every cell that has to be withheld beside the small ones.</summary>
    public static void Protect(CellTable table, int minimum)
    {
        var suppression = new CellSuppression(table, minimum);
        while (suppression.FillSums() | suppression.CloseRings())
        {
            // Each round withholds at least one more cell, and a table that is withheld altogether gives nothing away.
        }
    }

    /// <summary>Withholds parts of shown sums until the withheld ones hold enough people; the sum itself where that cannot be.</summary>
    private bool FillSums()
    {
        var changed = false;
        for (var node = 0; node < table.Nodes; node++)
        {
            // Roles share no people, so that theirs add up.
            var roles = Enumerable.Range(1, table.Groups - 1).Select(group => table[group, node]).ToList();
            changed |= Fill(table[CellTable.Whole, node], roles, IsHidden, cells => cells.Sum(cell => cell.People));

            for (var group = 0; group < table.Rest; group++)
            {
                // Items and sections are answered by the same people.
                var parts = table.Children(node).Select(child => table[group, child]).ToList();
                changed |= Fill(table[group, node], parts, cell => cell.Withheld, cells => cells.Max(cell => cell.People));
            }
        }

        return changed;

        bool IsHidden(Cell cell) => cell.Withheld || graph.IsRest(cell);
    }

    private bool Fill(Cell total, List<Cell> parts, Func<Cell, bool> isHidden, Func<List<Cell>, int> people)
    {
        var changed = false;
        while (!total.Withheld)
        {
            var hidden = parts.Where(part => isHidden(part) && part.People > 0).ToList();
            if (hidden.Count == 0 || people(hidden) >= minimum)
                break;

            var next = parts.Where(part => !isHidden(part) && part.People > 0).MinBy(part => part.People) ?? total;
            next.Reason = WithheldReason.Complementary;
            changed = true;
        }

        return changed;
    }

    /// <summary>Protects each small withheld cell that the shown ones determine.</summary>
    private bool CloseRings()
    {
        var changed = false;
        foreach (var bridge in graph.WithheldBridges().Where(edge => Suppression.IsSmall(edge.Cell.People, minimum)))
        {
            var ring = graph.CheapestRing(bridge)
                ?? throw new UnreachableException("People who are counted in a cell are counted in its sums too.");
            foreach (var edge in ring.Where(edge => !graph.IsHidden(edge)))
            {
                edge.Cell.Reason = WithheldReason.Complementary;
                changed = true;
            }
        }

        return changed;
    }
}
