using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;
using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Features.Reports;

/// <summary>Turns the counts of a roll-up into the cells of a report.</summary>
internal static class ReportCells
{
    /// <summary>The cells of an organization in a round; whether they may be shown is decided elsewhere.</summary>
    /// <returns>In document order, each with a key by which the same cell of another round or organization is found.</returns>
    public static IEnumerable<(string Key, ReportCell Cell)> Of(RollupAnswer answer, RollupFigures figures, ReportGrouping by)
    {
        var labels = answer.Instrument.Versions.Select(version => version.Document.Version).ToList();
        // An item that nobody was asked has no cell, nor do its levels stand in the way of those that were.
        return answer.Instrument.Elements
            .Where(element => element.Versions.Any(figures.Uses) && answer.IsGiven(element, figures.Round))
            .GroupBy(element => KeyOf(element, by))
            .Select(group => (group.Key, Of(answer.Instrument, figures, by, [.. group], labels)));
    }

    private static string KeyOf(MergedElement element, ReportGrouping by) => by switch
    {
        ReportGrouping.Item => $"{element.Element.Index}",
        ReportGrouping.Section => $"{element.Element.Section.Code} {element.Element.Axis.Code}",
        _ => element.Element.Axis.Code,
    };

    private static ReportCell Of(
        MergedInstrument instrument, RollupFigures figures, ReportGrouping by, List<MergedElement> elements, List<string> labels)
    {
        var first = elements[0].Element;
        var versions = elements.SelectMany(element => element.Versions).Where(figures.Uses).ToHashSet();
        var (assessments, organizations, responses) = figures.Of(versions);
        var measures = Measures.Together(figures.Counts, elements.ConvertAll(element => element.Element));
        return new ReportCell(
            by is ReportGrouping.Axis ? null : first.Section.Code,
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
            FindingOf(instrument.Versions[^1].Document, first.Axis.Code, by, measures));
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
