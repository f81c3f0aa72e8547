namespace PLService.Api.Http.Pdf;

/// <summary>A line of a cell before it has its place.</summary>
/// <param name="Text">The words.</param>
/// <param name="Style">How they are set.</param>
/// <param name="Sign">The drawing before them.</param>
/// <param name="IsStruck">Whether they are crossed out.</param>
/// <param name="Indent">How far from the cell's edge they begin.</param>
/// <param name="Above">Room above them.</param>
/// <param name="IsFirst">Whether a new item begins here, so that the cell may be cut above it.</param>
internal sealed record PdfSetLine(string Text, PdfStyle Style, PdfSign Sign, bool IsStruck, double Indent, double Above, bool IsFirst)
{
    public double Height => Above + PdfTypesetter.LeadOf(Style);
}

/// <summary>A cell whose words are broken into lines.</summary>
internal sealed record PdfSetCell(double Width, PdfTint Tint, List<PdfSetLine> Lines)
{
    public double Height => Lines.Sum(line => line.Height) + (2 * PdfCells.PadY);

    /// <summary>The lines, for a cell whose corner is here.</summary>
    public IReadOnlyList<PdfLine> At(double x, double y)
    {
        var placed = new List<PdfLine>();
        var top = y + PdfCells.PadY;
        foreach (var line in Lines)
        {
            placed.Add(new(line.Text, line.Style, line.Sign, line.IsStruck, x + PdfCells.PadOf(Tint) + line.Indent, top + line.Above + PdfTypesetter.BaselineOf(line.Style)));
            top += line.Height;
        }

        return placed;
    }
}

/// <summary>Sets the words of cells, and cuts cells where a page ends.</summary>
internal sealed class PdfCells(PdfTypesetter type)
{
    public const double PadY = 4;
    private const double Sign = 9;
    private const double BetweenItems = 3;

    /// <summary>An item of so few lines goes over to the next page as a whole.</summary>
    private const int KeptLines = 6;

    /// <summary>From the edge to the words.</summary>
    public static double PadOf(PdfTint tint) => tint switch
    {
        PdfTint.Bare => 0,
        PdfTint.Box => 8,
        _ => 5,
    };

    public static double HeightOf(IEnumerable<PdfSetCell> cells) => cells.Max(cell => cell.Height);

    public List<PdfSetCell> Set(IReadOnlyList<PdfCell> cells, IReadOnlyList<double> shares, double width) =>
        [.. cells.Select((cell, i) => Set(cell, shares[i] * width))];

    /// <summary>What of the cells fits into this height, and the rest.</summary>
    public static (List<PdfSetCell> Fitting, List<PdfSetCell> Further) Cut(IReadOnlyList<PdfSetCell> cells, double height)
    {
        var fitting = new List<PdfSetCell>();
        var further = new List<PdfSetCell>();
        foreach (var cell in cells)
        {
            var count = Fitting(cell.Lines, height - (2 * PadY));
            fitting.Add(cell with { Lines = cell.Lines[..count] });
            var rest = cell.Lines[count..];
            if (rest.Count > 0)
                rest[0] = rest[0] with { Above = 0 };
            further.Add(cell with { Lines = rest });
        }

        return (fitting, further);
    }

    private static int Fitting(List<PdfSetLine> lines, double height)
    {
        var count = 0;
        for (var used = 0d; count < lines.Count && (used += lines[count].Height) <= height; count++)
        {
        }

        if (count == lines.Count)
            return count;
        var first = lines.FindLastIndex(count, line => line.IsFirst);
        var next = lines.FindIndex(count + 1, line => line.IsFirst);
        return first > 0 && (next < 0 ? lines.Count : next) - first <= KeptLines ? first : count;
    }

    private PdfSetCell Set(PdfCell cell, double width)
    {
        var lines = new List<PdfSetLine>();
        var hasSigns = cell.Paragraphs.Any(paragraph => paragraph.Sign is not PdfSign.None);
        foreach (var paragraph in cell.Paragraphs)
        {
            var isHeading = hasSigns && paragraph is { Sign: PdfSign.None, GoesOn: false };
            var indent = hasSigns && !isHeading ? Sign : 0;
            var first = true;
            foreach (var text in type.Wrap(paragraph.Text, paragraph.Style, width - (2 * PadOf(cell.Tint)) - indent))
            {
                // Words that go on, and what stands below a heading, stay with what is above.
                var startsItem = first && !paragraph.GoesOn && !(lines.Count > 0 && lines[^1].Style is PdfStyle.Heading or PdfStyle.Strong && lines[^1].Sign is PdfSign.None);
                lines.Add(new(
                    text, paragraph.Style, first ? paragraph.Sign : PdfSign.None, paragraph.IsStruck, indent,
                    first && lines.Count > 0 && !paragraph.GoesOn ? BetweenItems : 0, startsItem));
                first = false;
            }
        }

        return new(width, cell.Tint, lines);
    }
}
