using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace PLService.Api.Http.Pdf;

/// <summary>The fonts of printed pages: the service's own, so that they look the same wherever it runs. They cover Latin, Greek, Cyrillic and Vietnamese.</summary>
internal sealed class PdfFonts : IFontResolver
{
    private const string Family = "Open Sans";

    // The library has one resolver a process, which has to be there before its first font.
    static PdfFonts() => GlobalFontSettings.FontResolver = new PdfFonts();

    private PdfFonts()
    {
    }

    /// <summary>A font of this size in points.</summary>
    public static XFont Of(double size, bool isStrong) =>
        new(Family, size, isStrong ? XFontStyleEx.Bold : XFontStyleEx.Regular, new XPdfFontOptions(PdfFontEncoding.Unicode));

    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic) => new(isBold ? "OpenSans-SemiBold" : "OpenSans-Regular");

    public byte[]? GetFont(string faceName)
    {
        using var file = typeof(PdfFonts).Assembly.GetManifestResourceStream($"fonts/{faceName}.ttf")
            ?? throw new InvalidOperationException($"The font {faceName} is not in the assembly.");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
