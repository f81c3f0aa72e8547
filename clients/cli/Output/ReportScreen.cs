using System.Globalization;
using PLService.Cli.Commands;
using PLService.Client;
using Spectre.Console;

namespace PLService.Cli.Output;

/// <summary>Reports as people like to read them.</summary>
internal static class ReportScreen
{
    /// <summary>A row per cell and a column per round.</summary>
    public static void Draw(IAnsiConsole output, GetReadinessReportResponse report)
    {
        output.Write(Screen.Facts(
            ("organization", report.Organization.Name),
            ("instrument", $"{report.Instrument} {string.Join(", ", report.Versions)}".TrimEnd()),
            ("role", report.Role)));
        var table = Screen.Table([.. Columns(report.Lens), .. report.Rounds.Select(round => round.Label)]);
        Add(table, ["responses", "", "", .. report.Rounds.Select(round => round.Withheld is { } reason ? Hidden(reason) : $"{round.N}")]);
        Add(table, ["organizations", "", "", .. report.Rounds.Select(round => $"{round.Organizations}")]);
        // A cell that only an older version has comes after those of the last round.
        var keys = report.Rounds.Reverse().SelectMany(round => round.Cells).Select(KeyOf).Distinct();
        foreach (var key in keys)
        {
            var cells = report.Rounds.Select(round => round.Cells.FirstOrDefault(cell => KeyOf(cell) == key));
            var shown = cells.Select(cell => cell is null ? "" : Percent(cell.FavorableShare) + Change(cell));
            Add(table, [key.Section, key.Item, key.Axis, .. shown]);
        }

        output.Write(table);
    }

    /// <summary>A row per child and a column per section.</summary>
    public static void Draw(IAnsiConsole output, IReadOnlyList<GetChildrenReportRow> rows)
    {
        // With a lens the shares are those of standards.
        static IEnumerable<(string Code, double? Share)> SharesOf(GetChildrenReportRow row) =>
            row.Standards?.Select(standard => (standard.Standard, standard.FavorableShare)) ?? row.Sections.Select(section => (section.Section, section.FavorableShare));

        var sections = rows.SelectMany(SharesOf).Select(share => share.Code).Distinct().ToList();
        var table = Screen.Table(["organization", "kind", "round", "responses", "organizations", .. sections]);
        foreach (var row in rows)
        {
            var shares = SharesOf(row).ToLookup(share => share.Code, share => share.Share);
            Add(table,
            [
                row.Organization.Name,
                Words.Of(row.Organization.Kind),
                row.Round ?? "",
                row.Withheld is { } reason ? Hidden(reason) : $"{row.N}",
                $"{row.Organizations}",
                .. sections.Select(section => string.Join(" / ", shares[section].Select(Percent))),
            ]);
        }

        output.Write(table);
    }

    /// <summary>A row per cell: where it stands, and how the others spread.</summary>
    public static void Draw(IAnsiConsole output, CompareOrganizationsResponse report)
    {
        output.Write(Screen.Facts(
            ("organization", report.Organization.Name),
            ("round", report.Round),
            ("withheld", report.OwnWithheld is { } own ? Words.Of(own) : null),
            ("compared with", $"{report.Compared} ({report.Withheld.Count} more are withheld)")));
        var table = Screen.Table([.. Columns(report.Lens), "responses", "favorable", "quarter", "least", "1/4 below", "half below", "3/4 below", "most"]);
        foreach (var cell in report.Cells)
        {
            var others = cell.Others;
            double?[] spread = [others?.Minimum, others?.LowerQuartile, others?.Median, others?.UpperQuartile, others?.Maximum];
            Add(table,
            [
                cell.Standard ?? cell.Section ?? "",
                cell.Item ?? cell.Scale ?? "",
                cell.Axis,
                $"{cell.N}",
                Percent(cell.FavorableShare),
                cell.Quarter is { } quarter ? Words.Of(quarter) : "",
                .. spread.Select(Percent),
            ]);
        }

        output.Write(table);
    }

    // With a lens a cell is a standard on a scale.
    private static string[] Columns(LensCoverage? lens) => lens is null ? ["section", "item", "axis"] : ["standard", "scale", "axis"];

    private static (string Section, string Item, string Axis) KeyOf(ReportCell cell) => (cell.Standard ?? cell.Section ?? "", cell.Item ?? cell.Scale ?? "", cell.Axis);

    private static string Hidden(WithheldReason reason) => $"withheld ({Words.Of(reason)})";

    private static string Percent(double? share) => share?.ToString("0.0 %", CultureInfo.InvariantCulture) ?? "";

    private static string Change(ReportCell cell) =>
        cell.FavorableShareChange is { } change ? string.Create(CultureInfo.InvariantCulture, $" ({change * 100:+0.0;-0.0;0.0})") : "";

    private static void Add(Table table, IEnumerable<string> cells) => table.AddRow(cells.Select(cell => new Text(cell)));
}
