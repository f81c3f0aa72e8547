using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Domain.Results;
using PLService.Api.Http;

namespace PLService.Api.Features.Results;

/// <summary>The standards table of a result seen through a lens: a row per group, standard, axis and scale, a column per level.</summary>
internal static class LensCsv
{
    public static FileContentHttpResult Of(ResultResponse response, LensResult lens)
    {
        var standards = lens.Coverage.Standards.ToDictionary(standard => standard.Standard);
        IEnumerable<(string? Role, IReadOnlyList<LensCell> Cells)> groups = [(null, lens.Whole), .. lens.ByRole.Select(role => (role.Role, role.Cells))];
        var rows = groups.SelectMany(group => group.Cells.Select(cell => new Row(group.Role, standards[cell.Standard], cell))).ToList();
        var levels = rows.SelectMany(row => row.Cell.Measures?.Distribution ?? []).Select(share => share.Level).Distinct();
        return Csv.File(
            $"result-{response.AssessmentId}-{response.Revision}-{lens.Coverage.Framework}.csv",
            rows,
            [.. Columns(lens.Coverage.Framework), .. levels.Select<string, (string, Func<Row, object?>)>(level => ($"count {level}", row => row.CountOf(level)))],
            tag: $"{response.EntityTag}-csv");
    }

    private static (string Header, Func<Row, object?> Cell)[] Columns(string framework) =>
    [
        ("framework", _ => framework),
        ("role", row => row.Role),
        ("standard", row => row.Standard.Standard),
        ("label", row => row.Standard.Label),
        ("match", row => row.Standard.Match),
        ("items", row => string.Join(' ', row.Cell.Items)),
        ("axis", row => row.Cell.Axis),
        ("scale", row => row.Cell.Scale),
        ("answered", row => row.Cell.Measures?.Answered),
        ("n", row => row.Cell.Measures?.N),
        ("mean", row => SixDecimals.Of(row.Cell.Measures?.Mean)),
        ("median", row => SixDecimals.Of(row.Cell.Measures?.Median)),
        ("standardDeviation", row => SixDecimals.Of(row.Cell.Measures?.StandardDeviation)),
        ("favorableShare", row => SixDecimals.Of(row.Cell.Measures?.FavorableShare)),
        ("pointsShare", row => SixDecimals.Of(row.Cell.Measures?.PointsShare)),
        ("consensus", row => SixDecimals.Of(row.Cell.Measures?.Consensus)),
        ("band", row => row.Cell.Measures?.Band),
        ("withheld", row => row.Cell.Reason),
    ];

    private sealed record Row(string? Role, CoveredStandard Standard, LensCell Cell)
    {
        public int? CountOf(string level) => Cell.Measures?.Distribution?.FirstOrDefault(share => share.Level == level)?.Count;
    }
}
