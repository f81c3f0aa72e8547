using System.Globalization;
using System.Text;
using System.Text.Json;
using PLService.Api.Domain.Results;

namespace PLService.Api.Features.Results;

/// <summary>
/// The items table of a result (RFC 4180, UTF-8): a row per group, item and axis, a column per level. Figures that are withheld are empty
/// and say why. A text that a spreadsheet would take for a formula gets an apostrophe.
/// </summary>
internal static class ResultCsv
{
    private static readonly string[] Columns =
    [
        "role", "section", "item", "axis", "rank", "answered", "n", "mean", "median", "standardDeviation", "favorableShare", "pointsShare",
        "consensus", "band", "withheld",
    ];

    public static byte[] Write(ResultDocument result)
    {
        List<GroupResult> groups = [result.Whole, .. result.ByRole];
        var rows = groups.SelectMany(Rows).ToList();
        var levels = rows.SelectMany(row => row.Cell.Measures?.Distribution ?? []).Select(share => share.Level).Distinct().ToList();
        var csv = new StringBuilder();
        Write(csv, [.. Columns, .. levels.Select(level => $"count {level}")]);
        foreach (var (group, section, item, cell) in rows)
        {
            var figures = cell.Measures;
            var counts = figures?.Distribution?.ToDictionary(share => share.Level, share => share.Count) ?? [];
            Write(csv,
            [
                group.Role, section.Code, item.Code, cell.Axis, item.Rank, figures?.Answered, figures?.N, Rounded(figures?.Mean), Rounded(figures?.Median),
                Rounded(figures?.StandardDeviation), Rounded(figures?.FavorableShare), Rounded(figures?.PointsShare), Rounded(figures?.Consensus), figures?.Band,
                cell.Reason is { } reason ? JsonNamingPolicy.CamelCase.ConvertName(reason.ToString()) : null,
                .. levels.Select(level => counts.TryGetValue(level, out var count) ? (object?)count : null),
            ]);
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static IEnumerable<(GroupResult Group, SectionResult Section, ItemResult Item, CellResult Cell)> Rows(GroupResult group) =>
        from section in @group.Sections
        from item in section.Items
        from cell in item.Axes
        select (@group, section, item, cell);

    // As the result itself is written.
    private static double? Rounded(double? figure) => figure is { } value ? Math.Round(value, 6, MidpointRounding.AwayFromZero) : null;

    private static void Write(StringBuilder csv, IEnumerable<object?> fields) => csv.AppendJoin(',', fields.Select(Field)).Append("\r\n");

    private static string Field(object? value)
    {
        if (value is not string text)
            return Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..])
            text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
