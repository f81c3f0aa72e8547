using System.Globalization;
using PLService.Client;
using Spectre.Console;

namespace PLService.Cli.Output;

/// <summary>A result as people read it: sections and items with their figures, strengths and gaps, and what is withheld.</summary>
internal static class ResultTable
{
    public static void Draw(IAnsiConsole output, ResultDocument result)
    {
        var whole = result.Whole;
        output.WriteLine($"{result.Instrument} {result.InstrumentVersion}: {result.Participants} participants, {result.Responses} responses, {result.Submitted} handed in");
        if (whole.Withheld)
            output.WriteLine($"Nothing is shown: fewer than {result.MinimumGroupSize} people stand behind it.");

        var table = Screen.Table("", "axis", "n", "favorable", "mean", "consensus", "rank", "");
        foreach (var section in whole.Sections)
        {
            foreach (var cell in section.Axes)
                AddRow(table, section.Code, cell, section.Rank, mark: Mark(whole, section.Code, null), bold: true);
            foreach (var item in section.Items)
            {
                foreach (var cell in item.Axes)
                    AddRow(table, "  " + item.Code, cell, item.Rank, Mark(whole, section.Code, item.Code), bold: false);
            }
        }

        foreach (var cell in whole.Axes)
            AddRow(table, "all", cell, null, "", bold: true);
        output.Write(table);
        if (whole.Total is { Met: { } met })
            output.WriteLine(met ? "The total threshold is met." : "The total threshold is not met.");
        if (result.Withheld.Cells > 0)
        {
            output.WriteLine(
                $"{result.Withheld.Cells} figures are withheld: {result.Withheld.SmallGroup} because fewer than {result.MinimumGroupSize} people stand behind them, {result.Withheld.Complementary} because such a group could be found by subtraction.");
        }
    }

    private static void AddRow(Table table, string code, CellResult cell, int? rank, string mark, bool bold)
    {
        var style = bold ? new Style(decoration: Decoration.Bold) : Style.Plain;
        var figures = cell.Measures is { } m
            ? new[] { $"{m.N}", Percent(m.FavorableShare), Decimal(m.Mean), Decimal(m.Consensus), $"{rank}", mark }
            : [cell.Withheld ? "withheld" : "", "", "", "", "", ""];
        table.AddRow([new Text(code, style), new Text(cell.Axis), .. figures.Select(text => new Text(text, style))]);
    }

    private static string Mark(GroupResult group, string section, string? item) =>
        group.Strengths.Any(finding => finding.Section == section && finding.Item == item) ? "strength"
        : group.Gaps.Any(finding => finding.Section == section && finding.Item == item) ? "gap"
        : "";

    private static string Percent(double? share) => share?.ToString("0.0 %", CultureInfo.InvariantCulture) ?? "";

    private static string Decimal(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
}
