using System.Text;
using PLService.Cli.Profiles;

namespace PLService.Cli.Invitations;

/// <summary>A row of a CSV file: the line that it begins in, and its cells.</summary>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Cells);

/// <summary>Reads CSV as RFC 4180 has it, with commas, semicolons or tabs, whichever the first line has most of.</summary>
internal static class CsvRecords
{
    /// <exception cref="UserErrorException">A quote is never closed.</exception>
    public static IEnumerable<CsvRecord> Read(string text)
    {
        var separator = SeparatorOf(text);
        var (cells, cell, line, began, quoted) = (new List<string>(), new StringBuilder(), 1, 1, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n')
                line++;
            if (quoted)
            {
                if (c != '"')
                    cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    cell.Append(text[i++]);
                else
                    quoted = false;
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c == separator)
            {
                End(cells, cell);
            }
            else if (c == '\n')
            {
                End(cells, cell);
                if (cells.Exists(one => one.Length > 0))
                    yield return new(began, [.. cells]);
                cells.Clear();
                began = line;
            }
            else if (c != '\r')
            {
                cell.Append(c);
            }
        }

        if (quoted)
            throw new UserErrorException($"A quote that begins in the row of line {began} is never closed.");
        End(cells, cell);
        if (cells.Exists(one => one.Length > 0))
            yield return new(began, [.. cells]);
    }

    private static void End(List<string> cells, StringBuilder cell)
    {
        cells.Add(cell.ToString().Trim());
        cell.Clear();
    }

    private static char SeparatorOf(string text)
    {
        var first = text.AsSpan(0, text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? end : text.Length);
        var (commas, semicolons, tabs) = (first.Count(','), first.Count(';'), first.Count('\t'));
        return tabs > commas && tabs > semicolons ? '\t' : semicolons > commas ? ';' : ',';
    }
}
