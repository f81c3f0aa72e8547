namespace PLService.Api.Http.Pdf;

/// <summary>A line of words at its place.</summary>
internal sealed record PdfLine(string Text, PdfStyle Style, PdfSign Sign, bool IsStruck, double X, double Baseline);

/// <summary>A cell, or the part of it that fits on a page.</summary>
internal sealed record PdfBox(double X, double Y, double Width, double Height, PdfTint Tint, bool IsHead, IReadOnlyList<PdfLine> Lines);

/// <summary>What stands side by side.</summary>
internal sealed record PdfBand(bool IsTable, IReadOnlyList<PdfBox> Boxes);

/// <summary>Divides a document into pages.</summary>
internal sealed class PdfLayout
{
    public const double Margin = 36;
    private const double FooterHeight = 24;
    private const double Gap = 8;

    private readonly PdfReport _report;
    private readonly PdfCells _cells;
    private readonly double _width;
    private readonly double _bottom;
    private readonly List<List<PdfBand>> _pages = [[]];
    private double _y = Margin;
    private bool _isFresh = true;

    private PdfLayout(PdfReport report, PdfTypesetter type)
    {
        var (width, height) = SizeOf(report.Paper);
        (_report, _cells, _width, _bottom) = (report, new(type), width - (2 * Margin), height - Margin - FooterHeight);
    }

    /// <summary>Width and height in points.</summary>
    public static (double Width, double Height) SizeOf(PaperSize paper) => paper is PaperSize.A4 ? (842, 595) : (792, 612);

    public static IReadOnlyList<IReadOnlyList<PdfBand>> Of(PdfReport report, PdfTypesetter type)
    {
        var layout = new PdfLayout(report, type);
        foreach (var block in report.Blocks)
            layout.Put(block);
        return layout._pages;
    }

    private void Put(PdfBlock block)
    {
        switch (block)
        {
            case PdfText text:
                PutRow([new(text.Paragraphs, text.Tint)], [1], head: null);
                break;
            case PdfTable table:
                if (table.StartsPage && !_isFresh)
                    NewPage(null);
                PutHead(table);
                foreach (var row in table.Rows)
                    PutRow(row, table.Shares, table);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(block), block, "No such block.");
        }

        _y += Gap;
    }

    private void PutHead(PdfTable table)
    {
        var cells = _cells.Set(table.Head, table.Shares, _width);
        // A head with nothing below it is no use.
        if (_bottom - _y < PdfCells.HeightOf(cells) + 60 && !_isFresh)
            NewPage(null);
        Add(cells, PdfCells.HeightOf(cells), table, isHead: true);
    }

    private void PutRow(IReadOnlyList<PdfCell> row, IReadOnlyList<double> shares, PdfTable? head)
    {
        var rest = _cells.Set(row, shares, _width);
        var room = _bottom - _y;
        // What fits on a page of its own is not cut into two for the sake of a few lines.
        if (PdfCells.HeightOf(rest) is var whole && whole > room && !_isFresh && room < (whole <= Body(head) ? Math.Min(whole, 150) : 60))
            NewPage(head);
        while (PdfCells.HeightOf(rest) > _bottom - _y)
        {
            var (fitting, further) = PdfCells.Cut(rest, _bottom - _y);
            if (fitting.TrueForAll(cell => cell.Lines.Count == 0))
            {
                // What does not fit on an empty page fits on none.
                if (_isFresh)
                    break;
                NewPage(head);
                continue;
            }

            Add(fitting, _bottom - _y, head, isHead: false);
            rest = further;
            if (head is not null)
                rest[0] = _cells.Set([row[0] with { Paragraphs = [.. row[0].Paragraphs, new(_report.GoesOn, PdfStyle.Small)] }], shares, _width)[0];
            NewPage(head);
        }

        Add(rest, PdfCells.HeightOf(rest), head, isHead: false);
    }

    private double Body(PdfTable? head) => _bottom - Margin - (head is null ? 0 : PdfCells.HeightOf(_cells.Set(head.Head, head.Shares, _width)));

    private void NewPage(PdfTable? head)
    {
        _pages.Add([]);
        (_y, _isFresh) = (Margin, true);
        if (head is not null)
            PutHead(head);
    }

    private void Add(List<PdfSetCell> cells, double height, PdfTable? table, bool isHead)
    {
        var boxes = new List<PdfBox>();
        var x = Margin;
        foreach (var cell in cells)
        {
            boxes.Add(new(x, _y, cell.Width, height, cell.Tint, isHead || (table is not null && boxes.Count == 0), cell.At(x, _y)));
            x += cell.Width;
        }

        _pages[^1].Add(new(table is not null, boxes));
        _y += height;
        _isFresh &= isHead;
    }
}
