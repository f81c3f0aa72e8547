using System.Text;

namespace PLService.Api.Http;

/// <summary>A small table as spreadsheets save it: comma, semicolon or tab, quotes doubled within quotes, lines of any ending (RFC 4180).</summary>
/// <param name="Rows">Its rows with the line on which each begins, the header first; blank rows are left out.</param>
/// <param name="Fault">Why it cannot be read; null when it can.</param>
internal sealed record CsvRows(IReadOnlyList<(int Line, string[] Cells)> Rows, string? Fault)
{
    /// <summary>Reads a table.</summary>
    /// <param name="bytes">UTF-8, with or without a byte order mark.</param>
    /// <param name="maxRows">The most rows.</param>
    public static CsvRows Read(ReadOnlySpan<byte> bytes, int maxRows)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);
        }
        catch (DecoderFallbackException)
        {
            return new([], "The file is not UTF-8; save it as 'CSV UTF-8'.");
        }

        if (text.Contains('\0', StringComparison.Ordinal))
            return new([], "The file holds NUL characters; save it as 'CSV UTF-8'.");
        var separator = new[] { ',', ';', '\t' }.MaxBy(candidate => text.AsSpan(0, Math.Max(0, text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length)).Count(candidate));
        return new Reader(text, separator).Read(maxRows);
    }

    /// <summary>A cell as it was before <see cref="Csv.Cell"/> kept spreadsheets from running it.</summary>
    public static string Unguarded(string cell) => cell is ['\'', ..] && IsFormula(cell) ? cell[1..] : cell;

    /// <summary>A text that <see cref="Unguarded"/> gives back, whatever it begins with.</summary>
    public static string? Guarded(string? text) => text is ['\'', ..] && IsFormula(text) ? "'" + text : text;

    private static bool IsFormula(string cell) => cell.AsSpan().TrimStart('\'') is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];

    private sealed class Reader(string text, char separator)
    {
        private readonly List<(int, string[])> _rows = [];
        private readonly List<string> _cells = [];
        private readonly StringBuilder _cell = new();
        private int _line = 1;
        private int _rowLine = 1;

        public CsvRows Read(int maxRows)
        {
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] == '"' && _cell.Length == 0)
                {
                    var start = _line;
                    if ((i = ReadQuoted(i + 1)) < 0)
                        return new([], $"The quote that opens on line {start} is never closed.");
                }
                else if (text[i] == separator)
                {
                    EndCell();
                }
                else if (text[i] is '\r' or '\n')
                {
                    if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                        i++;
                    EndRow();
                }
                else
                {
                    _cell.Append(text[i]);
                }

                if (_rows.Count > maxRows + 1)
                    return new([], $"The table has more than {maxRows:N0} rows.");
            }

            EndRow();
            return new(_rows, null);
        }

        private int ReadQuoted(int i)
        {
            for (; i < text.Length; i++)
            {
                if (text[i] == '\n')
                    _line++;
                if (text[i] != '"')
                    _cell.Append(text[i]);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    _cell.Append(text[i++]);
                else
                    return i;
            }

            return -1;
        }

        private void EndCell()
        {
            _cells.Add(_cell.ToString());
            _cell.Clear();
        }

        private void EndRow()
        {
            EndCell();
            if (_cells.Exists(cell => !string.IsNullOrWhiteSpace(cell)))
                _rows.Add((_rowLine, [.. _cells]));
            _cells.Clear();
            _rowLine = ++_line;
        }
    }
}
