using System.Text;
using System.Text.Unicode;
using CsvHelper;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Features.Imports.Reading.Payload;

namespace PLService.Api.Features.Imports.Reading.Rosters;

/// <summary>One CSV file of a roster: names of columns as the standard writes them, in any order, and cells as text.</summary>
internal sealed class RosterTable : IAsyncDisposable
{
    private const string Extension = "metadata.";

    private readonly string _file;
    private readonly PayloadStream _content;
    private readonly CsvReader _reader;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private CsvMalformedRecord? _malformed;

    private RosterTable(string file, PayloadStream content)
    {
        (_file, _content) = (file, content);
        _reader = CsvReader.Create(content, new()
        {
            Separator = ',',
            TrackLineNumbers = true,
            MaxRecordSize = ImportLimits.RecordBytes,
            IncludeValuesInExceptions = false,
            OnMalformedRecord = malformed => _malformed = malformed,
        });
    }

    /// <summary>The physical line on which the current row starts, from 1.</summary>
    public long Line => _reader.LineNumber;

    /// <summary>What is wrong with the row as such: a code; null when its cells can be read.</summary>
    public string? Fault { get; private set; }

    /// <exception cref="ImportFileException">It is no CSV file, or its columns are not those of the standard.</exception>
    public static async Task<RosterTable> OpenAsync(RosterArchive archive, string file, RosterShape shape, CancellationToken ct)
    {
        var content = await PayloadStream.OpenAsync(archive.Read(file), null, ct);
        var table = new RosterTable(file, content);
        try
        {
            var head = await content.PeekAsync(1 << 16, ct);
            ContentSniffer.Check(head.Span, ImportFormat.Csv);
            content.Skip(head.Length - ContentSniffer.WithoutMark(head.Span).Length);
            await table._reader.ReadHeaderAsync(ct);
            table.Bind(shape);
            return table;
        }
        catch (ImportFileException e) when (e.Issues[0].Value is null && e.Issues[0].Column is null)
        {
            await table.DisposeAsync();
            throw table.Bad(e.Issues[0].Code, $"{file}: {e.Issues[0].Detail}", e.Issues[0].Line);
        }
        catch (CsvFormatException)
        {
            await table.DisposeAsync();
            throw table.Bad(ImportCodes.LineTooLong, $"The header of {file} is longer than {ImportLimits.RecordBytes >> 20} MiB.", 1);
        }
        catch
        {
            await table.DisposeAsync();
            throw;
        }
    }

    public bool Has(string column) => _columns.ContainsKey(column);

    /// <summary>Moves to the next row in which something stands.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken ct)
    {
        try
        {
            while (await _reader.ReadAsync(ct))
            {
                if (Inspect())
                    return true;
            }

            return false;
        }
        catch (CsvFormatException e)
        {
            throw Bad(ImportCodes.LineTooLong, $"The row on line {e.LineNumber} of {_file} is longer than {ImportLimits.RecordBytes >> 20} MiB; a quote that is never closed is the usual reason.", e.LineNumber);
        }
    }

    /// <summary>The cell without surrounding blanks; null when nothing stands there.</summary>
    public string? this[string column]
    {
        get
        {
            if (!_columns.TryGetValue(column, out var index) || index >= _reader.FieldCount)
                return null;
            var cell = _reader.GetSpan(index).Trim(" \t\r\n"u8);
            return cell.IsEmpty ? null : Encoding.UTF8.GetString(cell);
        }
    }

    private bool Inspect()
    {
        if (_reader.RawRecord.Trim(" \t\r\n,\""u8).IsEmpty && _malformed is null)
            return false;
        if (_malformed is not null)
            throw Bad(ImportCodes.BadQuote, $"A quote in the row on line {Line} of {_file} is not closed, or text follows it. Double a quote that is part of the text.", Line);
        if (!Utf8.IsValid(_reader.RawRecord))
            throw Bad(ImportCodes.Encoding, $"The row on line {Line} of {_file} is not UTF-8. Let the roster system write UTF-8.", Line);
        Fault = _reader.FieldCount < _reader.Headers.Count ? ImportCodes.RowTooShort
            : _reader.FieldCount > _reader.Headers.Count ? ImportCodes.RowTooLong
            : _reader.RawRecord.Contains((byte)0) ? ImportCodes.NulByte
            : null;
        return true;
    }

    // All that is wrong comes together. Names are compared letter by letter, as the standard wants it.
    private void Bind(RosterShape shape)
    {
        if (_malformed is not null)
            throw Bad(ImportCodes.BadQuote, $"A quote in the header of {_file} is not closed.", 1);
        var issues = new List<ImportIssue>();
        foreach (var (name, index) in _reader.Headers.Take(ImportLimits.Columns).Select((name, index) => (name, index)))
        {
            if (name.StartsWith(Extension, StringComparison.Ordinal))
                continue;
            if (!shape.Columns.Contains(name, StringComparer.Ordinal))
                issues.Add(Told(ImportCodes.UnknownColumn, Unknown(name, shape), name));
            else if (!_columns.TryAdd(name, index))
                issues.Add(Told(ImportCodes.DuplicateColumn, $"{_file} has the column {name} twice.", name));
        }

        issues.AddRange(shape.Required.Where(name => !_columns.ContainsKey(name)).Select(name => Told(ImportCodes.MissingColumn, $"{_file} lacks the column {name}.", name)));
        if (issues.Count > 0)
            throw new ImportFileException(issues);
    }

    private string Unknown(string name, RosterShape shape)
    {
        var nearest = shape.Columns.FirstOrDefault(known => string.Equals(known, name.Trim(), StringComparison.OrdinalIgnoreCase)) ?? KnownColumns.Nearest(name, shape.Columns);
        return $"The standard has no column \"{ImportIssue.Cut(name)}\" in {_file}."
            + (nearest is null ? "" : $" Write \"{nearest}\": names of columns are compared letter by letter.")
            + $" Columns of your own begin with {Extension}";
    }

    private ImportIssue Told(string code, string detail, string column) => new(ImportSeverity.Error, code, detail, 1, 0, ImportIssue.Cut($"{_file}: {column}"));

    private ImportFileException Bad(string code, string detail, long line) => new(code, detail, line, column: _file);

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _content.DisposeAsync();
    }
}
