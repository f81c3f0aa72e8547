using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Features.Imports.Reading.Payload;

namespace PLService.Api.Features.Imports.Reading.Records;

/// <summary>What the first record of a CSV file tells about the rest.</summary>
/// <param name="Separator">Comma, semicolon or tab.</param>
/// <param name="LinesBefore">Lines before it that the reader will not see.</param>
internal sealed record CsvHeader(char Separator, int LinesBefore)
{
    private static readonly char[] Candidates = [',', ';', '\t'];
    private const int Window = 1 << 16;

    /// <exception cref="ImportFileException">The file does not start as a CSV file in UTF-8 does.</exception>
    public static async Task<CsvHeader> FindAsync(PayloadStream payload, ImportReadOptions options, CancellationToken ct)
    {
        var head = await payload.PeekAsync(Window, ct);
        ContentSniffer.Check(head.Span, ImportFormat.Csv);
        payload.Skip(head.Length - ContentSniffer.WithoutMark(head.Span).Length);

        // Excel writes and heeds a first line "sep=;".
        head = await payload.PeekAsync(Window, ct);
        if (head.Span.StartsWith("sep="u8) && head.Span.IndexOf((byte)'\n') is >= 5 and <= 6 and var end)
        {
            payload.Skip(end + 1);
            return await FindSeparatorAsync(payload, options, 1, ct);
        }

        return await FindSeparatorAsync(payload, options, 0, ct);
    }

    private static async Task<CsvHeader> FindSeparatorAsync(PayloadStream payload, ImportReadOptions options, int linesBefore,
        CancellationToken ct)
    {
        var size = Window;
        var head = await payload.PeekAsync(size, ct);
        var end = EndOfRecord(head.Span);
        while (end < 0 && head.Length >= size)
        {
            if (size > ImportLimits.RecordBytes)
                throw new ImportFileException(ImportCodes.LineTooLong,
                    "The header is longer than 1 MiB. Check that the lines of the file end.", 1 + linesBefore);
            head = await payload.PeekAsync(size *= 4, ct);
            end = EndOfRecord(head.Span);
        }

        return new(Choose(end < 0 ? head.Span : head.Span[..end], head.Span, end, options, 1 + linesBefore), linesBefore);
    }

    private static char Choose(ReadOnlySpan<byte> header, ReadOnlySpan<byte> head, int end, ImportReadOptions options, int line)
    {
        if (end >= 0 && end + 1 < head.Length && head[end] is (byte)'\r' && head[end + 1] is not (byte)'\n')
        {
            throw new ImportFileException(
                ImportCodes.NotCsv, "The lines end with CR alone, as on very old Macintosh systems. Save the file with CR LF or LF line "
                    + "ends.", line);
        }

        if (ContentSniffer.FirstInvalid(header) < header.Length)
            throw NotUtf8(header, line);
        if (header.Contains((byte)0))
            throw new ImportFileException(ImportCodes.NulByte, "The header holds a NUL byte. Write the file again as plain UTF-8 text.",
                line);

        // A form's questions may hold more commas than the file has tabs, so the reading in which more columns make sense wins.
        var map = new ColumnMap(options);
        var best = (Separator: ',', Columns: 1, Understood: -1);
        foreach (var separator in Candidates)
        {
            var names = Split(header, separator);
            if (names.Count == 1 && best.Understood >= 0)
                continue;
            var understood = names.Count(map.Understands);
            if (understood > best.Understood || (understood == best.Understood && names.Count > best.Columns))
                best = (separator, names.Count, understood);
        }

        if (best is { Columns: 1, Understood: 0 })
        {
            throw new ImportFileException(
                ImportCodes.NotCsv, "The first line holds no comma, semicolon or tab and no known column name: this is not a CSV file "
                    + "with a header.",
                line, value: ImportIssue.Cut(header));
        }

        return best.Separator;
    }

    private static ImportFileException NotUtf8(ReadOnlySpan<byte> header, int line) => new(
        ImportCodes.Encoding,
        $"Byte 0x{header[ContentSniffer.FirstInvalid(header)]:X2} in the header is not UTF-8; the file was most likely saved as Latin-1 "
            + "or Windows-1252. Save it as UTF-8 (in Excel: \"CSV UTF-8\") and send it again.",
        line, value: ImportIssue.Cut(header));

    private static int EndOfRecord(ReadOnlySpan<byte> text)
    {
        var quoted = false;
        var started = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is (byte)'"')
                quoted = !quoted;
            else if (!quoted && text[i] is (byte)'\n' or (byte)'\r' && started)
                return i;
            started |= text[i] > ' ';
        }

        return -1;
    }

    private static List<string> Split(ReadOnlySpan<byte> header, char separator)
    {
        var names = new List<string>();
        var (quoted, start) = (false, 0);
        for (var i = 0; i <= header.Length && names.Count <= ImportLimits.Columns; i++)
        {
            if (i < header.Length && header[i] is (byte)'"')
                quoted = !quoted;
            else if (i == header.Length || (!quoted && header[i] == separator))
            {
                names.Add(System.Text.Encoding.UTF8.GetString(header[start..i]).Trim().Trim('"'));
                start = i + 1;
            }
        }

        return names;
    }
}
