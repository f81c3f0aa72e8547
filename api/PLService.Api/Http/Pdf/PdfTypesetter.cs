using System.Text;
using PdfSharp.Drawing;

namespace PLService.Api.Http.Pdf;

/// <summary>Measures words and breaks them into lines.</summary>
internal sealed class PdfTypesetter
{
    private const double Measured = 100;

    private readonly XGraphics _ruler = XGraphics.CreateMeasureContext(new XSize(Measured, Measured), XGraphicsUnit.Point, XPageDirection.Downwards);
    private readonly Dictionary<PdfStyle, XFont> _fonts = Enum.GetValues<PdfStyle>().ToDictionary(style => style, style => PdfFonts.Of(SizeOf(style), IsStrong(style)));
    private readonly Dictionary<bool, XFont> _measured = new[] { false, true }.ToDictionary(strong => strong, strong => PdfFonts.Of(Measured, strong));
    private readonly Dictionary<(bool IsStrong, Rune Sign), double> _widths = [];

    public XFont FontOf(PdfStyle style) => _fonts[style];

    public static double SizeOf(PdfStyle style) => style switch
    {
        PdfStyle.Title => 17,
        PdfStyle.Heading => 10.5,
        PdfStyle.Subtitle => 9.5,
        PdfStyle.Head => 10,
        PdfStyle.Small or PdfStyle.HeadSmall => 7,
        _ => 8.5,
    };

    /// <summary>From one line to the next.</summary>
    public static double LeadOf(PdfStyle style) => SizeOf(style) * (style is PdfStyle.Small or PdfStyle.HeadSmall ? 1.3 : 1.27);

    /// <summary>From the top of a line to the foot of its letters.</summary>
    public static double BaselineOf(PdfStyle style) => SizeOf(style) * 0.99;

    /// <summary>The lines of a text, none wider than this where a word can be broken at all.</summary>
    public IReadOnlyList<string> Wrap(string text, PdfStyle style, double width)
    {
        var lines = new List<string>();
        foreach (var written in Legible(text).Split('\n'))
            WrapLine(written, style, width, lines);
        // Blank lines at the ends say nothing.
        while (lines.Count > 0 && lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    public double WidthOf(string text, PdfStyle style)
    {
        var width = 0d;
        foreach (var sign in text.EnumerateRunes())
            width += WidthOf(sign, IsStrong(style));
        return width * SizeOf(style) / Measured;
    }

    private void WrapLine(string written, PdfStyle style, double width, List<string> lines)
    {
        var line = new StringBuilder();
        var used = 0d;
        var blank = WidthOf(" ", style);
        foreach (var word in written.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Pieces(word, style, width)))
        {
            var wide = WidthOf(word, style);
            if (line.Length > 0 && used + blank + wide > width)
            {
                lines.Add(Spaced(line));
                line.Clear();
                used = 0;
            }

            used += (line.Length > 0 ? blank : 0) + wide;
            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        lines.Add(Spaced(line));
    }

    // A no-break space has done its work by then: who searches the page for a date types blanks.
    private static string Spaced(StringBuilder line) => line.Replace('\u00A0', ' ').ToString();

    // A word that is wider than a line, such as an address, is broken where it has to be.
    private IEnumerable<string> Pieces(string word, PdfStyle style, double width)
    {
        if (WidthOf(word, style) <= width)
        {
            yield return word;
            yield break;
        }

        var piece = new StringBuilder();
        var used = 0d;
        foreach (var sign in word.EnumerateRunes())
        {
            var wide = WidthOf(sign.ToString(), style);
            if (piece.Length > 0 && used + wide > width)
            {
                yield return piece.ToString();
                piece.Clear();
                used = 0;
            }

            piece.Append(sign.ToString());
            used += wide;
        }

        yield return piece.ToString();
    }

    private double WidthOf(Rune sign, bool isStrong)
    {
        if (!_widths.TryGetValue((isStrong, sign), out var width))
            _widths[(isStrong, sign)] = width = _ruler.MeasureString(sign.ToString(), _measured[isStrong]).Width;
        return width;
    }

    private static string Legible(string text)
    {
        var legible = new StringBuilder(text.Length);
        foreach (var sign in text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').EnumerateRunes())
            legible.Append(sign.Value == '\n' || !Rune.IsControl(sign) ? sign.ToString() : " ");
        return legible.ToString();
    }

    private static bool IsStrong(PdfStyle style) => style is PdfStyle.Title or PdfStyle.Heading or PdfStyle.Strong or PdfStyle.Head;
}
