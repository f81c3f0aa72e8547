using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Http;
using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Features.Reports;

/// <summary>Rounds in their order, each with what changed.</summary>
internal static class ReadinessTrend
{
    private static readonly string[] CsvHeader =
    [
        "instrument", "organization_id", "organization", "role", "round", "first_opened_at", "withheld", "section", "item", "axis", "versions",
        "n", "organizations", "assessments", "answered", "distribution", "favorable_share", "favorable_share_change", "mean", "consensus", "finding",
    ];

    public static GetReadinessReport.Response Of(RollupAnswer answer, ReportGrouping by)
    {
        var organization = answer.Rows.Path[^1];
        var ordered = answer.Figures.Select(f => f.Figures).OrderBy(f => f.FirstOpenedAt).ThenBy(f => f.Round, StringComparer.Ordinal).ToList();
        var rounds = new List<GetReadinessReport.Round>();
        var before = new Dictionary<string, double?>();
        foreach (var figures in ordered)
        {
            var withheld = answer.Withheld(organization.Id, figures.Round);
            List<(string Key, ReportCell Cell)> cells = withheld is null ? [.. ReportCells.Of(answer, figures, by)] : [];
            rounds.Add(new GetReadinessReport.Round(
                figures.Round,
                figures.FirstOpenedAt,
                withheld,
                withheld is null ? figures.Responses : null,
                withheld is null ? figures.Organizations : null,
                withheld is null ? figures.Assessments : null,
                cells.ConvertAll(c => c.Cell with { FavorableShareChange = ReportCells.Rounded(c.Cell.FavorableShare - before.GetValueOrDefault(c.Key)) })));
            before = cells.ToDictionary(c => c.Key, c => c.Cell.FavorableShare);
        }

        var labels = answer.Instrument.Versions.Select(version => version.Document.Version).ToList();
        return new GetReadinessReport.Response(
            answer.Question.Instrument,
            ReportOrganization.Of(organization),
            by,
            answer.Question.Role.Length == 0 ? null : answer.Question.Role,
            answer.Rows.Minimum,
            [.. labels.Where((_, version) => ordered.Exists(figures => figures.Uses(version)))],
            [.. answer.Instrument.Unmerged.Select(u => new UnmergedItem(u.Element.Item.Code, u.Element.Axis.Code, [.. u.Versions.Select(v => labels[v])]))],
            rounds,
            WithheldFigures.Of(rounds.Select(round => round.Withheld)));
    }

    /// <summary>A row per cell; a withheld round is one row without figures.</summary>
    public static FileContentHttpResult ToCsv(GetReadinessReport.Response report) => Csv.File("readiness.csv", CsvHeader, report.Rounds.SelectMany(round =>
        round.Cells.DefaultIfEmpty().Select(cell => (IReadOnlyList<object?>)
        [
            report.Instrument, report.Organization.Id, report.Organization.Name, report.Role, round.Label, round.FirstOpenedAt, round.Withheld,
            cell?.Section, cell?.Item, cell?.Axis, cell is null ? null : string.Join(' ', cell.Versions),
            cell?.N ?? round.N, cell?.Organizations ?? round.Organizations, cell?.Assessments ?? round.Assessments, cell?.Answered,
            cell?.Distribution is { } levels ? string.Join(' ', levels.Select(level => $"{level.Level}={level.Count}")) : null,
            cell?.FavorableShare, cell?.FavorableShareChange, cell?.Mean, cell?.Consensus, cell?.Finding,
        ])));
}
