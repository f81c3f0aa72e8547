using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PdfSharp.Pdf;
using PdfSharp.Pdf.IO;

namespace PLService.Api.Tests.Plans;

/// <summary>Reads a PDF as a reader does who selects all: glyphs back to text by the maps that the file carries.</summary>
internal sealed partial class PdfWords
{
    private PdfWords(PdfDocument document) => (Document, Pages) = (document, [.. document.Pages.Cast<PdfPage>().Select(TextOf)]);

    public PdfDocument Document { get; }

    /// <summary>The words of each page.</summary>
    public IReadOnlyList<string> Pages { get; }

    public string All => string.Concat(Pages);

    public static PdfWords Read(byte[] bytes) => new(PdfReader.Open(new MemoryStream(bytes), PdfDocumentOpenMode.Import));

    private static string TextOf(PdfPage page)
    {
        var fonts = page.Resources.Elements.GetDictionary("/Font")!;
        var maps = fonts.Elements.Keys.ToDictionary(name => name, name => MapOf(fonts.Elements.GetDictionary(name)!));
        var text = new StringBuilder();
        var content = Encoding.Latin1.GetString(page.Contents.CreateSingleContent().Stream!.UnfilteredValue);
        IReadOnlyDictionary<int, string>? map = null;
        foreach (Match match in Shown().Matches(content))
        {
            if (match.Groups["font"] is { Success: true } font)
                map = maps[font.Value];
            else
                text.Append(string.Concat(match.Groups["glyphs"].Value.Where(char.IsAsciiHexDigit).Chunk(4).Select(glyph => map![Hex(glyph)])));
        }

        return text.ToString();
    }

    private static Dictionary<int, string> MapOf(PdfDictionary font)
    {
        var map = new Dictionary<int, string>();
        foreach (Match range in Ranges().Matches(Encoding.Latin1.GetString(font.Elements.GetDictionary("/ToUnicode")!.Stream!.UnfilteredValue)))
        {
            for (var (glyph, first) = (Hex(range.Groups[1].Value), Hex(range.Groups[1].Value)); glyph <= Hex(range.Groups[2].Value); glyph++)
                map[glyph] = char.ConvertFromUtf32(Hex(range.Groups[3].Value) + glyph - first);
        }

        return map;
    }

    private static int Hex(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<font>/F\d+) [\d.-]+ Tf|<(?<glyphs>[0-9A-Fa-f\s]+)>\s*Tj")]
    private static partial Regex Shown();

    [GeneratedRegex(@"<([0-9A-Fa-f]{4})><([0-9A-Fa-f]{4})><([0-9A-Fa-f]{4})>")]
    private static partial Regex Ranges();
}
