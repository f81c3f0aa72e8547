using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Http;

namespace PLService.Api.Features.Reports;

/// <summary>Reports of gaps as tables.</summary>
internal static class GapTables
{
    public static FileContentHttpResult Of(GetGapsReport.Response report) => report.Items is { } items ? OfItems(report, items) : OfOrganizations(report, report.Organizations ?? []);

    /// <summary>A row per item; what acts on it by its ids, blanks between them.</summary>
    private static FileContentHttpResult OfItems(GetGapsReport.Response report, IReadOnlyList<GapItem> items) => Csv.File(
        "gaps.csv",
        items,
        [
            .. Frame<GapItem>(report),
            ("section", item => item.Section),
            ("item", item => item.Item),
            ("title", item => item.Title),
            .. Level("Then", item => item.Then),
            .. Level("Now", item => item.Now),
            ("levelsChanged", item => item.LevelsChanged),
            ("favorableShareChange", item => item.FavorableShareChange),
            ("change", item => item.Change),
            ("actedOn", item => item.ActedOn),
            ("priorities", item => string.Join(' ', item.Priorities.Select(priority => priority.Id))),
            ("strategies", item => string.Join(' ', item.Strategies.Select(strategy => strategy.Id))),
            ("steps", item => string.Join(' ', item.Steps.Select(step => step.Id))),
            ("stepsNotStarted", item => item.StepCounts.NotStarted),
            ("stepsInProgress", item => item.StepCounts.InProgress),
            ("stepsDone", item => item.StepCounts.Done),
            ("stepsDropped", item => item.StepCounts.Dropped),
        ]);

    /// <summary>A row per organization; without counts where they are withheld or one of the rounds is missing.</summary>
    private static FileContentHttpResult OfOrganizations(GetGapsReport.Response report, IReadOnlyList<GapOrganization> organizations) => Csv.File(
        "gaps-by-organization.csv",
        organizations,
        [
            ("instrument", _ => report.Instrument),
            ("from", _ => report.From?.Label),
            ("to", _ => report.To?.Label),
            ("organizationId", row => row.Organization.Id),
            ("kind", row => row.Organization.Kind),
            ("organization", row => row.Organization.Name),
            ("withheld", row => row.Withheld),
            ("gapsThen", row => row.Counts?.GapsThen),
            ("gapsNow", row => row.Counts?.GapsNow),
            ("opened", row => row.Counts?.Opened),
            ("closed", row => row.Counts?.Closed),
            ("widened", row => row.Counts?.Widened),
            ("narrowed", row => row.Counts?.Narrowed),
            ("stayed", row => row.Counts?.Stayed),
            ("actedOn", row => row.Counts?.ActedOn),
            ("closedAndActedOn", row => row.Counts?.ClosedAndActedOn),
            ("notCompared", row => row.Counts?.NotCompared),
        ]);

    private static (string Header, Func<T, object?> Cell)[] Frame<T>(GetGapsReport.Response report) =>
    [
        ("instrument", _ => report.Instrument),
        ("organizationId", _ => report.Organization.Id),
        ("organization", _ => report.Organization.Name),
        ("from", _ => report.From?.Label),
        ("to", _ => report.To?.Label),
    ];

    private static (string Header, Func<GapItem, object?> Cell)[] Level(string when, Func<GapItem, GapLevel?> level) =>
    [
        ($"withheld{when}", item => level(item)?.Withheld),
        ($"n{when}", item => level(item)?.N),
        ($"favorableShare{when}", item => level(item)?.FavorableShare),
        ($"mean{when}", item => level(item)?.Mean),
        ($"gap{when}", item => level(item)?.IsGap),
    ];
}
