using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace PLService.Api.Http.Pdf;

/// <summary>
/// Writes documents as PDF: words stay words that can be searched and copied, and are tagged as titles, paragraphs and tables, so that readers for
/// the blind follow them.
/// </summary>
internal sealed class PdfPainter : IDisposable
{
    public const string MediaType = "application/pdf";

    private readonly PdfReport _report;
    private readonly PdfTypesetter _type = new();
    private readonly PdfDocument _document = new();
    private readonly StructureBuilder _tags;

    private PdfPainter(PdfReport report, DateTimeOffset now)
    {
        _report = report;
        // Before there are pages, which it then follows.
        var accessibility = UAManager.ForDocument(_document);
        accessibility.SetDocumentLanguage(report.Language);
        _tags = accessibility.StructureBuilder;
        _document.Info.Title = report.Title;
        _document.Info.Author = report.Author;
        _document.Info.CreationDate = now.UtcDateTime;
        _document.ViewerPreferences.DisplayDocTitle = true;
    }

    /// <summary>The bytes of the document.</summary>
    public static byte[] Write(PdfReport report, DateTimeOffset now)
    {
        using var painter = new PdfPainter(report, now);
        return painter.Write();
    }

    public void Dispose() => _document.Dispose();

    private byte[] Write()
    {
        var pages = PdfLayout.Of(_report, _type);
        foreach (var (number, bands) in pages.Index())
            Paint(bands, _report.PageOf(number + 1, pages.Count));
        using var file = new MemoryStream();
        _document.Save(file, closeStream: false);
        return file.ToArray();
    }

    private void Paint(IReadOnlyList<PdfBand> bands, string pageOf)
    {
        var (width, height) = PdfLayout.SizeOf(_report.Paper);
        var page = _document.AddPage();
        (page.Width, page.Height) = (XUnit.FromPoint(width), XUnit.FromPoint(height));
        using var graphics = XGraphics.FromPdfPage(page);

        // First of all: the library opens the page's drawing with the first thing that it draws, which must not be between tags.
        _tags.BeginArtifact();
        PdfInk.FootLine(graphics, width, height);
        _tags.End();
        var isInTable = false;
        foreach (var band in bands)
        {
            if (band.IsTable != isInTable)
            {
                if (isInTable)
                    _tags.End();
                else
                    _tags.BeginElement(PdfBlockLevelElementTag.Table);
                isInTable = band.IsTable;
            }

            if (PdfInk.HasGround(band))
            {
                _tags.BeginArtifact();
                PdfInk.Ground(graphics, _type, band);
                _tags.End();
            }

            if (band.IsTable)
                PaintRow(graphics, band);
            else
                PaintText(graphics, band.Boxes[0].Lines);
        }

        if (isInTable)
            _tags.End();
        _tags.BeginArtifact();
        PdfInk.Foot(graphics, _type, _report.Footer, pageOf, width, height);
        _tags.End();
    }

    private void PaintRow(XGraphics graphics, PdfBand band)
    {
        _tags.BeginElement(PdfBlockLevelElementTag.TableRow);
        foreach (var box in band.Boxes)
        {
            _tags.BeginElement(box.IsHead ? PdfBlockLevelElementTag.TableHeaderCell : PdfBlockLevelElementTag.TableDataCell);
            foreach (var line in box.Lines)
                PdfInk.Words(graphics, _type, line);
            _tags.End();
        }

        _tags.End();
    }

    private void PaintText(XGraphics graphics, IReadOnlyList<PdfLine> lines)
    {
        PdfStyle? open = null;
        foreach (var line in lines)
        {
            if (open is { } before && before != line.Style)
                _tags.End();
            if (open != line.Style)
            {
                _tags.BeginElement(line.Style switch
                {
                    PdfStyle.Title => PdfBlockLevelElementTag.Heading1,
                    PdfStyle.Heading => PdfBlockLevelElementTag.Heading2,
                    _ => PdfBlockLevelElementTag.Paragraph,
                });
            }

            open = line.Style;
            PdfInk.Words(graphics, _type, line);
        }

        if (open is not null)
            _tags.End();
    }
}
