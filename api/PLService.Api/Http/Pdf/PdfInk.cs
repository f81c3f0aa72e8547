using PdfSharp.Drawing;

namespace PLService.Api.Http.Pdf;

/// <summary>Puts things on paper. All of it is legible in black and white too.</summary>
internal static class PdfInk
{
    private static readonly XColor Ink = XColor.FromArgb(0x1B, 0x1F, 0x24);
    private static readonly XColor Soft = XColor.FromArgb(0x4A, 0x52, 0x5C);
    private static readonly XColor Blue = XColor.FromArgb(0x1F, 0x3F, 0x66);
    private static readonly XColor Line = XColor.FromArgb(0x9A, 0xA5, 0xB1);

    /// <summary>Whether anything lies behind the words.</summary>
    public static bool HasGround(PdfBand band) =>
        band.IsTable || band.Boxes.Any(box => TintOf(box.Tint) is not null || box.Lines.Any(line => line.Sign is not PdfSign.None || line.IsStruck));

    /// <summary>What lies behind words: tints, borders, signs and lines through what was given up.</summary>
    public static void Ground(XGraphics graphics, PdfTypesetter type, PdfBand band)
    {
        foreach (var box in band.Boxes)
        {
            var place = new XRect(box.X, box.Y, box.Width, box.Height);
            if (TintOf(box.Tint) is { } tint)
                graphics.DrawRectangle(new XSolidBrush(tint), place);
            if (band.IsTable)
                graphics.DrawRectangle(new XPen(Line, 0.6), place);
            else if (box.Tint is PdfTint.Box)
                graphics.DrawRectangle(new XSolidBrush(Blue), new XRect(box.X, box.Y, 2.5, box.Height));
            foreach (var line in box.Lines)
            {
                Sign(graphics, line);
                var y = line.Baseline - (PdfTypesetter.SizeOf(line.Style) * 0.3);
                if (line.IsStruck)
                    graphics.DrawLine(new XPen(Soft, 0.6), line.X, y, line.X + type.WidthOf(line.Text, line.Style), y);
            }
        }
    }

    public static void Words(XGraphics graphics, PdfTypesetter type, PdfLine line)
    {
        // An empty line has its room, and nothing to draw.
        if (line.Text.Length == 0)
            return;
        // The blank at the end of a line keeps its last word from the next line's first, where the page is read aloud or copied.
        graphics.DrawString(line.Text + " ", type.FontOf(line.Style), new XSolidBrush(ColorOf(line)), line.X, line.Baseline);
    }

    public static void FootLine(XGraphics graphics, double width, double height) =>
        graphics.DrawLine(new XPen(Line, 0.5), PdfLayout.Margin, height - PdfLayout.Margin - 12, width - PdfLayout.Margin, height - PdfLayout.Margin - 12);

    public static void Foot(XGraphics graphics, PdfTypesetter type, string left, string right, double width, double height)
    {
        var y = height - PdfLayout.Margin;
        var room = width - (2 * PdfLayout.Margin) - type.WidthOf(right, PdfStyle.Small) - 20;
        var lines = type.Wrap(left, PdfStyle.Small, room);
        graphics.DrawString(lines.Count > 1 ? lines[0] + "…" : lines[0], type.FontOf(PdfStyle.Small), new XSolidBrush(Soft), PdfLayout.Margin, y);
        graphics.DrawString(right, type.FontOf(PdfStyle.Small), new XSolidBrush(Soft), width - PdfLayout.Margin - type.WidthOf(right, PdfStyle.Small), y);
    }

    private static XColor ColorOf(PdfLine line) => line.Style switch
    {
        PdfStyle.Head or PdfStyle.HeadSmall => XColors.White,
        PdfStyle.Title or PdfStyle.Heading => Blue,
        PdfStyle.Small or PdfStyle.Subtitle => Soft,
        _ => line.IsStruck ? Soft : Ink,
    };

    private static XColor? TintOf(PdfTint tint) => tint switch
    {
        PdfTint.Head => Blue,
        PdfTint.ClosedHead => XColor.FromArgb(0x5A, 0x64, 0x70),
        PdfTint.Label => XColor.FromArgb(0xE8, 0xEE, 0xF5),
        PdfTint.Closed => XColor.FromArgb(0xF3, 0xF4, 0xF6),
        PdfTint.Box => XColor.FromArgb(0xF3, 0xF6, 0xFA),
        _ => null,
    };

    private static void Sign(XGraphics graphics, PdfLine line)
    {
        const double Radius = 2.4;
        var (x, y) = (line.X - 6.2, line.Baseline - (PdfTypesetter.SizeOf(line.Style) * 0.36));
        var circle = new XRect(x - Radius, y - Radius, 2 * Radius, 2 * Radius);
        var pen = new XPen(Ink, 0.8);
        switch (line.Sign)
        {
            case PdfSign.Bullet:
                graphics.DrawEllipse(new XSolidBrush(Soft), new XRect(x - 1.1, y - 1.1, 2.2, 2.2));
                break;
            case PdfSign.Open:
                graphics.DrawEllipse(pen, circle);
                break;
            case PdfSign.Begun:
                graphics.DrawPie(new XSolidBrush(Ink), circle, 90, 180);
                graphics.DrawEllipse(pen, circle);
                break;
            case PdfSign.Done:
                graphics.DrawLines(new XPen(Ink, 1.3), [new(x - 2.6, y), new(x - 0.7, y + 2), new(x + 2.8, y - 2.4)]);
                break;
            case PdfSign.Dropped:
                graphics.DrawLine(pen, x - 2, y - 2, x + 2, y + 2);
                graphics.DrawLine(pen, x - 2, y + 2, x + 2, y - 2);
                break;
            case PdfSign.Onward:
                graphics.DrawLine(pen, x - 2.8, y, x + 2.6, y);
                graphics.DrawLines(pen, [new(x + 0.6, y - 1.9), new(x + 2.6, y), new(x + 0.6, y + 1.9)]);
                break;
            default:
                break;
        }
    }
}
