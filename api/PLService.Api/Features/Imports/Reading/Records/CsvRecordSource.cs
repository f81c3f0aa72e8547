using System.Text.Unicode;
using CsvHelper;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Features.Imports.Reading.Payload;

namespace PLService.Api.Features.Imports.Reading.Records;

/// <summary>Records of a CSV file (RFC 4180), read strictly: what a lenient reader would guess at is a fault of the record.</summary>
internal sealed class CsvRecordSource : RecordSource
{
    // Larger reads gain nothing: at this size the scan runs within the second-level cache.
    private const int BufferBytes = 1 << 17;
    private const int MostIssues = 100;

    private readonly CsvReader _reader;
    private readonly CsvHeader _header;
    private CsvMalformedRecord? _malformed;

    private CsvRecordSource(PayloadStream payload, ColumnMap columns, CsvHeader header) : base(payload, columns)
    {
        _header = header;
        _reader = CsvReader.Create(payload, new()
        {
            Separator = header.Separator,
            TrackLineNumbers = true,
            MaxRecordSize = ImportLimits.RecordBytes,
            BufferSize = BufferBytes,
            IncludeValuesInExceptions = false,
            OnMalformedRecord = malformed => _malformed = malformed,
        });
    }

    public char Separator => _header.Separator;

    public IReadOnlyList<string> Header { get; private set; } = [];

    public int FieldCount => _reader.FieldCount;

    /// <exception cref="ImportFileException">The file is no CSV file, or its header lacks columns or has unknown ones: all of them are
    /// named.</exception>
    public static async Task<CsvRecordSource> OpenAsync(PayloadStream payload, ImportReadOptions options, CancellationToken ct)
    {
        var header = await CsvHeader.FindAsync(payload, options, ct);
        var source = new CsvRecordSource(payload, new(options), header);
        await source._reader.ReadHeaderAsync(ct);
        source.Bind(options);
        return source;
    }

    private void Bind(ImportReadOptions options)
    {
        var line = 1 + _header.LinesBefore;
        Header = [.. _reader.Headers];
        if (_malformed is not null)
            throw new ImportFileException(ImportCodes.BadQuote,
                "A quote in the header is not closed, or text follows it. Write the names without quotes.", line);
        if (Header.Count > ImportLimits.Columns)
            throw new ImportFileException(ImportCodes.TooManyColumns,
                $"The header has {Header.Count:N0} columns; at most {ImportLimits.Columns:N0} are read.", line);

        var issues = new List<ImportIssue>();
        foreach (var name in Header)
        {
            // A file of something else has nothing but unknown columns; the first of them say it as well as all.
            if (issues.Count == MostIssues)
                break;
            if (Columns.Add(name) is var (code, detail))
                issues.Add(new(ImportSeverity.Error, code, detail, line, 0, ImportIssue.Cut(name.Trim())));
        }

        issues.AddRange(RequiredColumns.Missing(Columns, options).Select(
            missing => new ImportIssue(ImportSeverity.Error, ImportCodes.MissingColumn, missing.Detail, line, 0, missing.Name)));
        if (issues.Count > 0)
            throw new ImportFileException(issues);
    }

    public override ValueTask<bool> ReadAsync(CancellationToken ct)
    {
        // Nearly every record is in the buffer already; the state machine of an async method is spared for it.
        while (true)
        {
            var read = _reader.ReadAsync(ct);
            if (!read.IsCompletedSuccessfully)
                return ReadMoreAsync(read, ct);
            if (!read.Result)
                return new(false);
            if (Inspect())
                return new(true);
        }
    }

    private async ValueTask<bool> ReadMoreAsync(ValueTask<bool> read, CancellationToken ct)
    {
        try
        {
            while (await read)
            {
                if (Inspect())
                    return true;
                read = _reader.ReadAsync(ct);
            }

            return false;
        }
        catch (CsvFormatException e)
        {
            throw TooLong(e.LineNumber + _header.LinesBefore, Record + 1);
        }
    }

    public override ReadOnlySpan<byte> Raw(int column) => _reader.GetSpan(column);

    // False for a record in which nothing stands, as spreadsheets leave behind at the end.
    private bool Inspect()
    {
        var raw = _reader.RawRecord;
        Line = _reader.LineNumber + _header.LinesBefore;
        Fault = null;
        if (raw.IsEmpty || ((raw[0] <= ' ' || raw[0] == Separator || raw[0] is (byte)'"') && IsBlank()))
            return false;
        Record++;
        if (!Utf8.IsValid(raw))
            throw NotUtf8(raw, Line, Record, ColumnAt(ContentSniffer.FirstInvalid(raw)));
        if (raw.Length > ImportLimits.RecordBytes)
            throw TooLong(Line, Record);
        if (_malformed is { } malformed)
            Fault = Malformed(malformed);
        else if (raw.IndexOf((byte)0) is >= 0 and var nul)
            Fault = new(ImportCodes.NulByte, "The cell holds a NUL byte. Remove it.", ColumnAt(nul), ImportIssue.Cut(raw[nul..]));
        else if (_reader.FieldCount != Header.Count)
            Fault = WrongLength();
        else if (raw.Length > ImportLimits.KeyCharacters)
            Fault = Columns.All.Select(column => TooLongCell(column, Raw(column.Index))).FirstOrDefault(fault => fault is not null);
        if (Record <= 2)
            CheckExtraHeaderRows();
        return true;
    }

    private bool IsBlank()
    {
        for (var i = 0; i < _reader.FieldCount; i++)
        {
            if (!_reader.GetSpan(i).Trim(" \t\r\n"u8).IsEmpty)
                return false;
        }

        return _malformed is null;
    }

    private RecordFault Malformed(CsvMalformedRecord malformed)
    {
        _malformed = null;
        if (malformed.Reason is CsvMalformedReason.UnterminatedQuote)
        {
            throw new ImportFileException(
                ImportCodes.UnclosedQuote, $"A quote opened in the record on line {Line} is never closed, so everything after it "
                    + "belongs to one cell. Close it, or double it if it is part of the text.",
                Line, Record, value: ImportIssue.Cut(malformed.RawRecord));
        }

        return new(
            ImportCodes.BadQuote, "A quote stands within a cell. Put the whole cell into quotes and double the quote (\"He said "
                + "\"\"yes\"\"\").",
            ColumnAt((int)(malformed.ByteOffset - _reader.ByteOffset)), ImportIssue.Cut(malformed.RawRecord));
    }

    private RecordFault WrongLength()
    {
        var (found, expected) = (_reader.FieldCount, Header.Count);
        return found < expected
            ? new(ImportCodes.RowTooShort, $"The row has {found} cells, the header {expected}: the cells from "
                + $"\"{Columns.All[found].Header}\" on are missing.", Columns.All[found].Header, ImportIssue.Cut(_reader.RawRecord))
            : new(ImportCodes.RowTooLong, $"The row has {found} cells, the header {expected}. A cell that holds the separator must "
                + "stand in quotes.", null, ImportIssue.Cut(_reader.GetSpan(expected)));
    }

    private void CheckExtraHeaderRows()
    {
        for (var i = 0; i < _reader.FieldCount; i++)
        {
            if (_reader.GetSpan(i).StartsWith("{\"ImportId\":"u8))
            {
                throw new ImportFileException(
                    ImportCodes.ExtraHeaderRows, "This Qualtrics export has three header rows. Delete the second and the third (the "
                        + "question texts and the ImportId row) and send it again.", Line);
            }
        }
    }

    private string? ColumnAt(int offset)
    {
        var end = -1;
        for (var i = 0; i < _reader.FieldCount; i++)
        {
            end += _reader.GetRawSpan(i).Length + 1;
            if (offset <= end)
                return i < Columns.All.Count ? Columns.All[i].Header : null;
        }

        return null;
    }

    public override async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await base.DisposeAsync();
    }
}
