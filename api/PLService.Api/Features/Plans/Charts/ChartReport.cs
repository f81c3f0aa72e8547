using PLService.Api.Domain.Plans;
using PLService.Api.Http.Pdf;

namespace PLService.Api.Features.Plans.Charts;

/// <summary>A chart as pages to print: title and vision, the grid, and below it what has no column.</summary>
internal sealed class ChartReport
{
    /// <summary>Wider columns are easier to read than more of them.</summary>
    private const int ColumnsAcross = 4;

    private const double LabelShare = 0.13;

    private readonly PlanChart _chart;
    private readonly ChartWords _words;
    private readonly ChartCellWords _cells;

    private ChartReport(PlanChart chart, ChartWords words) => (_chart, _words, _cells) = (chart, words, new(words));

    public static PdfReport Of(PlanChart chart, ChartWords words, PaperSize paper, ChartPrinting printing) => new(
        chart.Title, chart.Organization.Name, words.Tag, paper, $"{chart.Organization.Name} · {chart.Title} · {words.Printed(printing.Today)}", words.PageOf, words.GoesOn,
        [.. new ChartReport(chart, words).Blocks(printing)]);

    private IEnumerable<PdfBlock> Blocks(ChartPrinting printing)
    {
        var facts = new[] { _chart.Organization.Name, _words.Through(_chart.StartsOn, _chart.EndsOn), printing.KeptOn is { } kept ? _words.AsItStood(kept) : _words.Status(_chart.Status) };
        yield return new PdfText([new(_chart.Title, PdfStyle.Title), new(string.Join("  ·  ", facts), PdfStyle.Subtitle)]);
        if (!string.IsNullOrWhiteSpace(_chart.Vision))
            yield return new PdfText([new(_words.Vision, PdfStyle.Strong), new(_chart.Vision)], PdfTint.Box);
        foreach (var (place, columns) in _chart.Columns.Chunk(ColumnsAcross).Index())
            yield return Grid(columns) with { StartsPage = place > 0 };
        foreach (var rest in Rest())
            yield return rest;
    }

    private PdfTable Grid(ChartColumn[] columns)
    {
        List<PdfCell> Row(string label, Func<ChartColumn, IReadOnlyList<PdfParagraph>> cell) =>
        [
            new([new(label, PdfStyle.Strong)], PdfTint.Label),
            .. columns.Select(column => new PdfCell(cell(column) is { Count: > 0 } words ? words : [new(_words.Nothing, PdfStyle.Small)], column.IsClosed ? PdfTint.Closed : PdfTint.None)),
        ];

        List<IReadOnlyList<PdfCell>> rows =
        [
            Row(_words.MajorFocus, column => ChartCellWords.Focus(column.Cells)),
            Row(_words.Actions(_chart.Organization.Kind), column => _cells.Actions(column.Cells.Actions)),
            Row(_words.Elements, column => ChartCellWords.Elements(column.Cells)),
            Row(_words.Tools, column => ChartCellWords.Tools(column.Cells)),
            Row(_words.Challenges, column => _cells.Challenges(column.Cells.Challenges)),
        ];
        // Before anything has happened the best guess is what is planned, and stands there already.
        if (_chart.Columns.Any(column => column.IsClosed || column.Happened.Done.Count > 0))
        {
            rows.Add(Row(_words.BestGuess, column => _cells.Guess(column.BestGuess)));
            rows.Add(Row(_words.Happened, column => _cells.Happened(column.Happened)));
        }

        return new(
            [LabelShare, .. columns.Select(_ => (1 - LabelShare) / columns.Length)],
            [new([new(_words.Scenario, PdfStyle.HeadSmall)], PdfTint.Head), .. columns.Select(Head)],
            rows);
    }

    private PdfCell Head(ChartColumn column) => new(
        [
            new(_words.Days(column.Mark), PdfStyle.Head),
            new(_words.Through(column.StartsOn, column.EndsOn), PdfStyle.HeadSmall) { GoesOn = true },
            .. column.Happened.CheckIn is { } held ? [new PdfParagraph(_words.Closed(held.HeldOn), PdfStyle.HeadSmall) { GoesOn = true }] : Array.Empty<PdfParagraph>(),
        ],
        column.IsClosed ? PdfTint.ClosedHead : PdfTint.Head);

    private IEnumerable<PdfBlock> Rest()
    {
        if (_cells.Actions(_chart.Beyond.Cells.Actions) is { Count: > 0 } beyond)
            yield return new PdfText([new($"{_words.Beyond} ({_words.Date(_chart.Beyond.StartsOn.AddDays(-1))})", PdfStyle.Heading), .. beyond]);
        if (_cells.Actions(_chart.Undated.Actions) is { Count: > 0 } undated)
            yield return new PdfText([new(_words.Undated, PdfStyle.Heading), .. undated]);
        if (ChartCellWords.Obstacles(_chart.Obstacles) is { Count: > 0 } obstacles)
            yield return new PdfText([new(_words.WholePlan, PdfStyle.Heading), .. obstacles]);
    }
}
