using PLService.Api.Domain.Plans;
using PLService.Api.Features.Plans.Charts;
using PLService.Api.Http.Pdf;

namespace PLService.Api.Tests.Plans;

/// <summary>How a chart is divided into pages.</summary>
public sealed class ChartPageTests
{
    private static readonly DateTimeOffset Now = new(2026, 10, 2, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_page_of_a_long_chart_repeats_the_heads_and_says_which_it_is_and_no_step_is_lost()
    {
        var data = new ChartData();
        var strategy = data.Strategy("Structures");
        for (var n = 0; n < 120; n++)
            data.Step($"Step {n:000} with some words that need more than one line in a column of a page", n, with: step => step with { StrategyId = strategy });

        var pages = Print(data).Pages;

        Assert.InRange(pages.Count, 4, 20);
        Assert.All(pages.Index(), page => Assert.Contains($"Page {page.Index + 1} of {pages.Count}", page.Item, StringComparison.Ordinal));
        Assert.All(pages, page => Assert.Contains("120 days", page, StringComparison.Ordinal));
        var actions = pages.Where(page => page.Contains("District leadership", StringComparison.Ordinal)).ToList();
        Assert.True(actions.Count > 1);
        Assert.All(actions.Skip(1), page => Assert.Contains("(continued)", page, StringComparison.Ordinal));
        Assert.All(Enumerable.Range(0, 120), n => Assert.Contains($"Step {n:000}", string.Concat(pages), StringComparison.Ordinal));
    }

    [Fact]
    public void More_than_four_columns_go_on_over_further_pages_and_what_has_no_column_is_said_at_the_end()
    {
        var data = new ChartData();
        data.Plan = data.Plan with { Marks = [15, 30, 45, 60, 75, 90] };
        data.Step("Sixth", 90);
        data.Step("Too late", 100);
        data.Step("Some day", null);
        data.Obstacle("Mindset", null);

        var pages = Print(data).Pages;

        Assert.Equal(2, pages.Count);
        Assert.Contains("60 days", pages[0], StringComparison.Ordinal);
        Assert.DoesNotContain("75 days", pages[0], StringComparison.Ordinal);
        Assert.All((string[])["90 days", "Sixth", "After the last mark", "Too late", "Without a due day", "Some day", "Obstacles of the whole plan", "Mindset"],
            words => Assert.Contains(words, pages[1], StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_sticks_out_of_its_cell_or_its_page()
    {
        var data = new ChartData();
        data.Plan = data.Plan with { Vision = string.Concat(Enumerable.Repeat("We meet and learn. ", 400)) + "\n\n" + new string('w', 600) };
        data.Step("https://www.example.org/" + new string('a', 300), 10, with: step => step with { ExpectedBenefits = string.Concat(Enumerable.Repeat("Long words of hope. ", 500)) });
        var report = ChartReport.Of(data.Make(), ChartWords.In("en"), PaperSize.Letter, new(Now, new(2026, 10, 2), null));
        var type = new PdfTypesetter();

        var boxes = PdfLayout.Of(report, type).SelectMany(page => page).SelectMany(band => band.Boxes).ToList();

        Assert.All(boxes, box => Assert.True(box.Y + box.Height <= 612 - PdfLayout.Margin, $"A box ends at {box.Y + box.Height}."));
        Assert.All(boxes.SelectMany(box => box.Lines.Select(line => (box, line))), at =>
        {
            Assert.True(at.line.X + type.WidthOf(at.line.Text, at.line.Style) <= at.box.X + at.box.Width + 0.01, at.line.Text);
            Assert.InRange(at.line.Baseline, at.box.Y, at.box.Y + at.box.Height);
        });
        Assert.Equal(400, string.Join(' ', boxes.Where(box => box.Tint is PdfTint.Box).SelectMany(box => box.Lines).Select(line => line.Text)).Split("We meet and learn.").Length - 1);
    }

    [Fact]
    public void It_is_tagged_so_that_it_can_be_read_aloud()
    {
        var data = new ChartData();
        data.Step("Meet", 10);

        var catalog = Print(data).Document.Internals.Catalog;

        Assert.True(catalog.Elements.GetDictionary("/MarkInfo")!.Elements.GetBoolean("/Marked"));
        Assert.NotNull(catalog.Elements.GetDictionary("/StructTreeRoot"));
        Assert.True(catalog.Elements.GetDictionary("/ViewerPreferences")!.Elements.GetBoolean("/DisplayDocTitle"));
    }

    private static PdfWords Print(ChartData data) =>
        PdfWords.Read(PdfPainter.Write(ChartReport.Of(data.Make(), ChartWords.In("en"), PaperSize.Letter, new(Now, new(2026, 10, 2), null)), Now));
}
