namespace PLService.Api.Http.Pdf;

/// <summary>The paper that pages are made for; always on its long side.</summary>
public enum PaperSize
{
    Letter,
    A4,
}

/// <summary>How words are set.</summary>
internal enum PdfStyle
{
    Title,
    Subtitle,
    Heading,
    Body,

    /// <summary>What stands out among the body.</summary>
    Strong,
    Small,

    /// <summary>White, for the heads of columns.</summary>
    Head,
    HeadSmall,
}

/// <summary>A drawing before words; whatever it means is said in words as well.</summary>
internal enum PdfSign
{
    None,
    Bullet,
    Open,
    Begun,
    Done,
    Dropped,
    Onward,
}

/// <summary>What lies behind a cell.</summary>
internal enum PdfTint
{
    None,
    Label,
    Closed,
    Head,
    ClosedHead,

    /// <summary>Words that are set apart from the rest.</summary>
    Box,

    /// <summary>Words that begin at the very edge.</summary>
    Bare,
}

/// <summary>Words that are wrapped to the width that there is, never at a no-break space (U+00A0); their line breaks are kept.</summary>
internal sealed record PdfParagraph(string Text, PdfStyle Style = PdfStyle.Body, PdfSign Sign = PdfSign.None)
{
    public bool IsStruck { get; init; }

    /// <summary>Belongs to the paragraph before: the two stay together, under one sign.</summary>
    public bool GoesOn { get; init; }
}

internal sealed record PdfCell(IReadOnlyList<PdfParagraph> Paragraphs, PdfTint Tint = PdfTint.None);

/// <summary>What stands below one another.</summary>
internal abstract record PdfBlock;

/// <summary>Words over the whole width.</summary>
internal sealed record PdfText(IReadOnlyList<PdfParagraph> Paragraphs, PdfTint Tint = PdfTint.Bare) : PdfBlock;

/// <summary>A table: its head stands on each of its pages, and the first cell of a row, which says what the row is, wherever the row goes on.</summary>
/// <param name="Shares">How wide each column is, as a share of the whole.</param>
/// <param name="Head">The heads of the columns.</param>
/// <param name="Rows">The rows, each with as many cells.</param>
internal sealed record PdfTable(IReadOnlyList<double> Shares, IReadOnlyList<PdfCell> Head, IReadOnlyList<IReadOnlyList<PdfCell>> Rows) : PdfBlock
{
    public bool StartsPage { get; init; }
}

/// <summary>A document to print.</summary>
/// <param name="Title">What it is called, in its properties and in the window's title.</param>
/// <param name="Author">Whose it is.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Paper">The paper.</param>
/// <param name="Footer">At the foot of every page.</param>
/// <param name="PageOf">Says which page it is of how many.</param>
/// <param name="GoesOn">Says that a row goes on from the page before.</param>
/// <param name="Blocks">What stands in it.</param>
internal sealed record PdfReport(
    string Title, string Author, string Language, PaperSize Paper, string Footer, Func<int, int, string> PageOf, string GoesOn, IReadOnlyList<PdfBlock> Blocks)
{
    /// <summary>The most characters that are set as pages: some 400 pages, which take about a second and a half.</summary>
    public const int MaxCharacters = 2_000_000;

    /// <summary>Whether there is more of it than is set as pages.</summary>
    public bool IsTooLong => Blocks.Sum(block => block switch
    {
        PdfText text => text.Paragraphs.Sum(paragraph => (long)paragraph.Text.Length),
        PdfTable table => table.Rows.SelectMany(row => row).SelectMany(cell => cell.Paragraphs).Sum(paragraph => (long)paragraph.Text.Length),
        _ => 0,
    }) > MaxCharacters;
}
