using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;
using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Features.Reports;

/// <summary>Turns the counts of a roll-up into the cells of a report.</summary>
internal static class ReportCells
{
    /// <summary>The cells of an organization in a round; whether they may be shown is decided elsewhere.</summary>
    /// <returns>In order, each with a key by which the same cell of another round or organization is found.</returns>
    public static IEnumerable<(string Key, ReportCell Cell)> Of(RollupAnswer answer, RollupFigures figures, ReportView view)
    {
        var labels = answer.Instrument.Versions.Select(version => version.Document.Version).ToList();
        // An item that nobody was asked has no cell, nor do its levels stand in the way of those that were.
        var given = answer.Instrument.Elements.Where(element => element.Versions.Any(figures.Uses) && answer.IsGiven(element, figures.Round));
        return view.CellsOf(given).Select(cell => (cell.Key, Of(answer.Instrument, figures, view.By, cell, labels)));
    }

    private static ReportCell Of(MergedInstrument instrument, RollupFigures figures, ReportGrouping by, CellOfReport cell, List<string> labels)
    {
        var first = cell.Elements[0].Element;
        var versions = cell.Elements.SelectMany(element => element.Versions).Where(figures.Uses).ToHashSet();
        var (assessments, organizations, responses) = figures.Of(versions);
        var measures = Measures.Together(figures.Counts, [.. cell.Elements.Select(element => element.Element)]);
        return new ReportCell(
            by is ReportGrouping.Section or ReportGrouping.Item ? first.Section.Code : null,
            by is ReportGrouping.Item ? first.Item.Code : null,
            first.Axis.Code,
            [.. versions.Order().Select(version => labels[version])],
            responses,
            organizations,
            assessments,
            measures.Answered,
            measures.Distribution?.Select(level => new ReportLevel(level.Level, level.Count, SixDecimals.Of(level.Share))).ToList(),
            SixDecimals.Of(measures.FavorableShare),
            null,
            SixDecimals.Of(measures.Mean),
            SixDecimals.Of(measures.Consensus),
            FindingOf(instrument.Versions[^1].Document, first.Axis.Code, by, measures),
            cell.Group?.Standard.Standard,
            cell.Group?.Scale.Code,
            cell.Group?.Standard.Match);
    }

    private static ReportFinding? FindingOf(InstrumentDocument document, string axis, ReportGrouping by, Measures measures)
    {
        if (by is ReportGrouping.Axis || axis != document.Axes[0].Code)
            return null;
        return ThresholdEvaluation.Decide(document.Thresholds?.Strength, measures) is not null ? ReportFinding.Strength
            : ThresholdEvaluation.Decide(document.Thresholds?.Gap, measures) is not null ? ReportFinding.Gap
            : null;
    }
}
