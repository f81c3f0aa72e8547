using System.Buffers.Text;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Features.Imports.Reading.Payload;
using PLService.Api.Features.Imports.Reading.Rosters;

namespace PLService.Api.Features.Imports.Reading.Records;

/// <summary>What is wrong with the current record as such, before its cells are understood.</summary>
internal sealed record RecordFault(string Code, string Detail, string? Column = null, string? Value = null);

/// <summary>The records of a file one after the other, as cells of UTF-8. Only the current record is held.</summary>
internal abstract class RecordSource(PayloadStream payload, ColumnMap columns) : IAsyncDisposable
{
    public ColumnMap Columns => columns;

    /// <summary>The number of the current record, from 1; blank ones are not counted.</summary>
    public long Record { get; protected set; }

    /// <summary>The physical line on which it starts, from 1.</summary>
    public long Line { get; protected set; }

    /// <summary>Why it cannot be understood; null when its cells can be read.</summary>
    public RecordFault? Fault { get; protected set; }

    /// <summary>Bytes of the upload consumed so far.</summary>
    public long BytesRead => payload.BytesRead;

    /// <summary>Moves to the next record that is not blank.</summary>
    /// <exception cref="ImportFileException">The file cannot be read on.</exception>
    public abstract ValueTask<bool> ReadAsync(CancellationToken ct);

    /// <summary>The cell as it stands, without quotes; empty when the record has none.</summary>
    public abstract ReadOnlySpan<byte> Raw(int column);

    /// <summary>The cell without surrounding blanks; empty when the file has no such column (-1).</summary>
    public ReadOnlySpan<byte> Cell(int column)
    {
        if (column < 0)
            return default;
        var cell = Raw(column);
        if (cell.Length > 0 && (cell[0] <= ' ' || cell[^1] <= ' '))
            cell = cell.Trim(" \t\r\n"u8);
        return columns.IsGuarded ? FormulaGuard.Remove(cell) : cell;
    }

    public ReadOnlySpan<byte> Cell(Field field) => Cell(columns[field]);

    /// <summary>Takes from its cells where the current record stood in the file of a roster from which it was taken, and what was wrong with it there.</summary>
    public void TakeOrigin()
    {
        if (Utf8Parser.TryParse(Cell(Field.RosterLine), out long line, out _))
            Line = line;
        if (System.Text.Encoding.UTF8.GetString(Cell(Field.RosterFault)) is { Length: > 0 } code)
            Fault = new(code, RosterFaults.DetailOf(code), Said(Field.RosterFaultColumn), Said(Field.RosterFaultValue));

        string? Said(Field field) => System.Text.Encoding.UTF8.GetString(Cell(field)) is { Length: > 0 } text ? text : null;
    }

    protected static ImportFileException TooLong(long line, long record) => new(
        ImportCodes.LineTooLong,
        $"The record that starts on line {line} is longer than {ImportLimits.RecordBytes >> 20} MiB. A quote that is opened there and "
            + "never closed, or missing line ends, are the usual reasons.",
        line, record);

    protected static ImportFileException NotUtf8(ReadOnlySpan<byte> text, long line, long record, string? column)
    {
        var at = ContentSniffer.FirstInvalid(text);
        return new(
            ImportCodes.Encoding,
            $"Byte 0x{text[at]:X2} on line {line + text[..at].Count((byte)'\n')} is not UTF-8; the file was most likely saved as "
                + "Latin-1 or Windows-1252. Save it as UTF-8 (in Excel: \"CSV UTF-8\") and send it again.",
            line + text[..at].Count((byte)'\n'), record, column,
                ImportIssue.Cut(text[Math.Max(0, at - 20)..Math.Min(text.Length, at + 20)]));
    }

    private static int LimitOf(Column column) => column.Field switch
    {
        Field.Comment or Field.ItemComment or Field.Places => ImportLimits.CommentCharacters,
        >= Field.PlanRowType and <= Field.Mitigation => ImportLimits.WordsCharacters,
        Field.Ignored => ImportLimits.RecordBytes,
        _ => ImportLimits.KeyCharacters,
    };

    protected static RecordFault? TooLongCell(Column column, ReadOnlySpan<byte> cell)
    {
        var limit = LimitOf(column);
        return cell.Length <= limit || System.Text.Encoding.UTF8.GetCharCount(cell) <= limit ? null : new(
            ImportCodes.CellTooLong, $"The cell holds more than {limit:N0} characters. Shorten it.", column.Header, ImportIssue.Cut(cell));
    }

    public virtual async ValueTask DisposeAsync()
    {
        await payload.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
