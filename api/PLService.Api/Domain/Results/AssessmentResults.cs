using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Results;

/// <summary>Computes what an assessment says from its tallies.</summary>
internal static class AssessmentResults
{
    /// <summary>The rules of this code. A change of any figure for the same tallies raises it.</summary>
    public const string ScoringVersion = "1";

    /// <summary>The result of an assessment, small groups withheld.</summary>
    /// <param name="layout">Layout of the instrument version that the tallies are packed by.</param>
    /// <param name="whole">All people together, those without a role included.</param>
    /// <param name="roles">Role code to its people, each of whom is also in the whole and in no other role.</param>
    /// <param name="minimumGroupSize">Least number of people whose figures are shown; 1 or less withholds nothing.</param>
    /// <exception cref="ArgumentException">
    /// A tally has another length than the layout says, or the roles add up to more than the whole.
    /// </exception>
    public static ResultDocument Compute(
        InstrumentLayout layout, GroupTally whole, IReadOnlyDictionary<string, GroupTally> roles, int minimumGroupSize)
    {
        if (whole.Counts.Length != layout.CountsLength)
            throw new ArgumentException($"The tally has {whole.Counts.Length} counts, the layout {layout.CountsLength}.", nameof(whole));

        var codes = roles.Keys.Order(StringComparer.Ordinal).ToList();
        List<GroupTally> groups = [whole, .. codes.Select(code => roles[code])];
        groups.Add(whole.Without(groups.Skip(1)));
        var tables = layout.Document.Axes.Select(axis =>
        {
            var table = CellTable.Of(axis.Code, layout, groups, minimumGroupSize);
            CellSuppression.Protect(table, minimumGroupSize);
            return new AxisTable(axis, table);
        }).ToList();

        var published = tables.SelectMany(axis => Enumerable.Range(0, groups.Count - 1)
            .SelectMany(group => Enumerable.Range(0, axis.Cells.Nodes).Select(node => axis.Cells[group, node].Reason))).ToList();
        return new ResultDocument
        {
            ScoringVersion = ScoringVersion,
            Instrument = layout.Document.Code,
            InstrumentVersion = layout.Document.Version,
            InstrumentHash = InstrumentHash.Of(layout.Document),
            MinimumGroupSize = minimumGroupSize,
            Responses = whole.Responses,
            Participants = whole.Participants,
            Withheld = new WithheldCount(
                published.Count(reason => reason is not null),
                published.Count(reason => reason == WithheldReason.SmallGroup),
                published.Count(reason => reason == WithheldReason.Complementary)),
            Whole = new GroupResults(layout, tables, CellTable.Whole, whole).Compute(role: null),
            ByRole = [.. codes.Select((code, i) => new GroupResults(layout, tables, i + 1, roles[code]).Compute(code))],
        };
    }
}

/// <summary>The cells of one axis.</summary>
internal sealed record AxisTable(Axis Axis, CellTable Cells);
