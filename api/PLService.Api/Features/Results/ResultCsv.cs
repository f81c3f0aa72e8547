using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Domain.Results;
using PLService.Api.Http;

namespace PLService.Api.Features.Results;

/// <summary>
/// The items table of a result: a row per group, item and axis, a column per level. Figures that are withheld are empty and say why.
/// </summary>
internal static class ResultCsv
{
    public static FileContentHttpResult Of(ResultResponse response)
    {
        List<GroupResult> groups = [response.Result.Whole, .. response.Result.ByRole];
        var rows = groups.SelectMany(Rows).ToList();
        var levels = rows.SelectMany(row => row.Figures?.Distribution ?? []).Select(share => share.Level).Distinct();
        return Csv.File(
            $"result-{response.AssessmentId}-{response.Revision}.csv",
            rows,
            [.. Columns, .. levels.Select<string, (string, Func<Row, object?>)>(level => ($"count {level}", row => row.CountOf(level)))],
            // Another form of the same result is another entity.
            tag: $"{response.Sha256}-csv");
    }

    private static readonly (string Header, Func<Row, object?> Cell)[] Columns =
    [
        ("role", row => row.Group.Role),
        ("section", row => row.Section.Code),
        ("item", row => row.Item.Code),
        ("axis", row => row.Cell.Axis),
        ("rank", row => row.Item.Rank),
        ("answered", row => row.Figures?.Answered),
        ("n", row => row.Figures?.N),
        ("mean", row => SixDecimals.Of(row.Figures?.Mean)),
        ("median", row => SixDecimals.Of(row.Figures?.Median)),
        ("standardDeviation", row => SixDecimals.Of(row.Figures?.StandardDeviation)),
        ("favorableShare", row => SixDecimals.Of(row.Figures?.FavorableShare)),
        ("pointsShare", row => SixDecimals.Of(row.Figures?.PointsShare)),
        ("consensus", row => SixDecimals.Of(row.Figures?.Consensus)),
        ("band", row => row.Figures?.Band),
        ("withheld", row => row.Cell.Reason),
    ];

    private static IEnumerable<Row> Rows(GroupResult group) =>
        from section in @group.Sections
        from item in section.Items
        from cell in item.Axes
        select new Row(@group, section, item, cell);

    private sealed record Row(GroupResult Group, SectionResult Section, ItemResult Item, CellResult Cell)
    {
        public Measures? Figures => Cell.Measures;

        public int? CountOf(string level) => Figures?.Distribution?.FirstOrDefault(share => share.Level == level)?.Count;
    }
}
