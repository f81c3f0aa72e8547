using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Http;

namespace PLService.Api.Features.Reports;

/// <summary>Reports as tables; columns are named as in JSON.</summary>
internal static class ReportTables
{
    /// <summary>A row per round and cell; a withheld round is one row without figures.</summary>
    public static FileContentHttpResult Of(GetReadinessReport.Response report) => Csv.File(
        "readiness.csv",
        report.Rounds.SelectMany(round => round.Cells.DefaultIfEmpty().Select(cell => (Round: round, Cell: cell))),
        [
            ("instrument", _ => report.Instrument),
            ("organizationId", _ => report.Organization.Id),
            ("organization", _ => report.Organization.Name),
            ("role", _ => report.Role),
            ("round", row => row.Round.Label),
            ("firstOpenedAt", row => row.Round.FirstOpenedAt),
            ("withheld", row => row.Round.Withheld),
            ("section", row => row.Cell?.Section),
            ("item", row => row.Cell?.Item),
            ("axis", row => row.Cell?.Axis),
            ("versions", row => row.Cell is { } cell ? string.Join(' ', cell.Versions) : null),
            ("n", row => row.Cell is { } cell ? cell.N : row.Round.N),
            ("organizations", row => row.Cell is { } cell ? cell.Organizations : row.Round.Organizations),
            ("assessments", row => row.Cell is { } cell ? cell.Assessments : row.Round.Assessments),
            ("answered", row => row.Cell?.Answered),
            // Levels differ between items, so that a column for each would be mostly empty.
            ("distribution", row => row.Cell?.Distribution is { } of ? string.Join(' ', of.Select(l => $"{l.Level}={l.Count}")) : null),
            ("favorableShare", row => row.Cell?.FavorableShare),
            ("favorableShareChange", row => row.Cell?.FavorableShareChange),
            ("mean", row => row.Cell?.Mean),
            ("consensus", row => row.Cell?.Consensus),
            ("finding", row => row.Cell?.Finding),
            .. report.Lens is null ? [] : LensTables.Columns<(GetReadinessReport.Round Round, ReportCell? Cell)>(
                report.Lens, row => row.Cell?.Standard, row => row.Cell?.Scale, row => row.Cell?.Match),
        ]);

    /// <summary>A row per child and section; one without a section where there are no figures.</summary>
    public static FileContentHttpResult Of(Page<GetChildrenReport.Row> page) => Csv.File(
        "children.csv",
        page.Items.SelectMany(row => row.Sections.DefaultIfEmpty().Select(section => (Row: row, Section: section))),
        [
            ("organizationId", row => row.Row.Organization.Id),
            ("kind", row => row.Row.Organization.Kind),
            ("organization", row => row.Row.Organization.Name),
            ("round", row => row.Row.Round),
            ("withheld", row => row.Row.Withheld),
            ("n", row => row.Row.N),
            ("organizations", row => row.Row.Organizations),
            ("section", row => row.Section?.Section),
            ("favorableShare", row => row.Section?.FavorableShare),
        ]);

    /// <summary>A row per cell.</summary>
    public static FileContentHttpResult Of(CompareOrganizations.Response report) => Csv.File(
        "comparison.csv",
        report.Cells,
        [
            ("organizationId", _ => report.Organization.Id),
            ("organization", _ => report.Organization.Name),
            ("round", _ => report.Round),
            ("withheld", _ => report.OwnWithheld),
            ("section", cell => cell.Section),
            ("item", cell => cell.Item),
            ("axis", cell => cell.Axis),
            ("n", cell => cell.N),
            ("favorableShare", cell => cell.FavorableShare),
            ("quarter", cell => cell.Quarter),
            ("others", cell => cell.Others?.Organizations),
            ("minimum", cell => cell.Others?.Minimum),
            ("lowerQuartile", cell => cell.Others?.LowerQuartile),
            ("median", cell => cell.Others?.Median),
            ("upperQuartile", cell => cell.Others?.UpperQuartile),
            ("maximum", cell => cell.Others?.Maximum),
            .. report.Lens is null ? [] : LensTables.Columns<Standing>(report.Lens, cell => cell.Standard, cell => cell.Scale, cell => cell.Match),
        ]);
}
