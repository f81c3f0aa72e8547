using System.Text;

namespace PLService.Api.Features.Imports.Reading.Payload;

/// <summary>Recognizes at its first bytes what was sent in place of a text file, so that the answer can say so.</summary>
internal static class ContentSniffer
{
    private const string SaveAsCsv = "Open it in the program that made it, save it as \"CSV UTF-8\", and send that file.";

    private static readonly (byte[] Magic, string What)[] Binaries =
    [
        ([0x50, 0x4b, 0x03, 0x04], "a spreadsheet (.xlsx) or another zip archive"),
        ([0x50, 0x4b, 0x05, 0x06], "an empty zip archive"),
        ([0xd0, 0xcf, 0x11, 0xe0], "an old Excel workbook (.xls)"),
        ([0x1f, 0x8b], "gzip within gzip"),
        ([0x42, 0x5a, 0x68], "a bzip2 archive"),
        ([0x28, 0xb5, 0x2f, 0xfd], "a zstd archive"),
        ([0x37, 0x7a, 0xbc, 0xaf], "a 7-Zip archive"),
        ("%PDF"u8.ToArray(), "a PDF document"),
        ("{\\rtf"u8.ToArray(), "a Rich Text document"),
        ([0x89, 0x50, 0x4e, 0x47], "an image"),
        ([0xff, 0xd8, 0xff], "an image"),
    ];

    /// <exception cref="ImportFileException">The bytes are not UTF-8 text in <paramref name="format"/>.</exception>
    public static void Check(ReadOnlySpan<byte> head, ImportFormat format)
    {
        var fault = format is ImportFormat.Csv ? ImportCodes.NotCsv : ImportCodes.BadJson;
        foreach (var (magic, what) in Binaries)
        {
            if (head.StartsWith(magic))
                throw new ImportFileException(fault, $"This is {what}, not a text file. {SaveAsCsv}", 1);
        }

        if (Utf16Or32(head) is { } encoding)
        {
            throw new ImportFileException(
                ImportCodes.Encoding, $"The file is written in {encoding}. Save it as UTF-8 (in Excel: \"CSV UTF-8\") and send it again.",
                    1);
        }

        var text = WithoutMark(head).TrimStart(" \t\r\n"u8);
        if (text.IsEmpty)
            throw new ImportFileException(ImportCodes.Empty, "The file is empty. Send the header and at least one record.");
        if (text[0] is (byte)'<')
            throw new ImportFileException(fault, "This is a web page or XML, not a text file; often it is a sign-in page saved by "
                + "mistake. " + SaveAsCsv, 1);
        if (Controls(head) is var (line, value))
            throw new ImportFileException(fault, $"The file holds the control character {value}: it is not text. {SaveAsCsv}", line,
                value: value);
        if (format is ImportFormat.Csv && text[0] is (byte)'{')
            throw new ImportFileException(fault, "This is JSON, not CSV. Send it as application/x-ndjson with one object on each line.", 1);
        if (text[0] is (byte)'[' && text[1..].TrimStart(" \t\r\n"u8) is [(byte)'{', ..])
            throw new ImportFileException(fault, "This is a JSON array. Send application/x-ndjson: one object on each line, without "
                + "brackets or commas between them.", 1);
    }

    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> head) => head.StartsWith("\uFEFF"u8) ? head[3..] : head;

    // Text in UTF-16 without a mark is every other byte NUL; a stray NUL in a cell is a matter of its row.
    private static string? Utf16Or32(ReadOnlySpan<byte> head)
    {
        if (head is [0xff, 0xfe, 0, 0, ..] or [0, 0, 0xfe, 0xff, ..])
            return "UTF-32";
        if (head is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
            return "UTF-16";
        var window = head[..Math.Min(head.Length, 1_024)];
        return window.Length >= 4 && window.Count((byte)0) * 5 >= window.Length * 2 ? "UTF-16" : null;
    }

    private static (int Line, string Value)? Controls(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOfAny(Unprintable);
        return at < 0 ? null : (1 + head[..at].Count((byte)'\n'), $"0x{head[at]:X2}");
    }

    private static readonly System.Buffers.SearchValues<byte> Unprintable = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(1, 31).Where(b => b is not (8 or 9 or 10 or 11 or 12 or 13 or 26 or 27)).Select(b => (byte)b)]);

    /// <summary>Where in a record the first byte stands that is not UTF-8; its length when all are.</summary>
    public static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && Rune.DecodeFromUtf8(text[at..], out _, out var used) is System.Buffers.OperationStatus.Done)
            at += used;
        return at;
    }
}
