using System.Text.Json;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Features.Imports.Reading.Payload;
using PLService.Api.Features.Imports.Reading.Rows;

namespace PLService.Api.Features.Imports.Reading.Records;

/// <summary>Records of an NDJSON file: one object a line, columns as they turn up, ratings, comments and counts also as inner
/// objects.</summary>
internal sealed class NdjsonRecordSource : RecordSource
{
    private static readonly JsonReaderOptions Json = new() { MaxDepth = 64 };

    private readonly LineReader _lines;
    private readonly Utf8Interner _names = new(ImportLimits.Columns);
    private readonly List<(string Code, string Detail)?> _problems = [];
    private readonly List<int> _twins = [];
    private readonly List<(int Start, int Length, long Record)> _cells = [];
    private byte[] _text = new byte[1 << 12];
    private byte[] _key = new byte[64];
    private int _used;

    private NdjsonRecordSource(PayloadStream payload, ColumnMap columns) : base(payload, columns) => _lines = new(payload);

    /// <summary>The line as it stands.</summary>
    public ReadOnlySpan<byte> RawLine => _lines.Current;

    public static async Task<NdjsonRecordSource> OpenAsync(PayloadStream payload, ImportReadOptions options, CancellationToken ct)
    {
        var head = await payload.PeekAsync(1 << 16, ct);
        ContentSniffer.Check(head.Span, ImportFormat.Ndjson);
        payload.Skip(head.Length - ContentSniffer.WithoutMark(head.Span).Length);
        return new(payload, new(options));
    }

    public override async ValueTask<bool> ReadAsync(CancellationToken ct)
    {
        while (await _lines.ReadAsync(ct))
        {
            Line = _lines.Number;
            if (_lines.IsTooLong)
                throw TooLong(Line, Record + 1);
            if (_lines.Current.Trim(" \t\r"u8).IsEmpty)
                continue;
            Record++;
            Fault = Parse(_lines.Current);
            return true;
        }

        return false;
    }

    public override ReadOnlySpan<byte> Raw(int column) =>
        _cells[column] is var cell && cell.Record == Record ? _text.AsSpan(cell.Start, cell.Length) : default;

    private RecordFault? Parse(ReadOnlySpan<byte> line)
    {
        if (!System.Text.Unicode.Utf8.IsValid(line))
            throw NotUtf8(line, Line, Record, null);
        if (line.Contains((byte)0))
            return new(ImportCodes.NulByte, "The line holds a NUL byte. Remove it.", null, ImportIssue.Cut(line));
        _used = 0;
        var json = new Utf8JsonReader(line, Json);
        try
        {
            json.Read();
            if (json.TokenType is not JsonTokenType.StartObject)
                return new(ImportCodes.BadJson, "Each line must be a JSON object, such as "
                    + "{\"participantKey\":\"p-1\",\"itemCode\":\"VIS.1\",\"level\":\"green\"}.", null, ImportIssue.Cut(line));
            var fault = Members(ref json, null);
            while (fault is null && json.Read())
            {
            }

            return fault;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            var at = e is JsonException { BytePositionInLine: { } position } ? $" at character {position + 1}" : "";
            return new(ImportCodes.BadJson, $"The line is not valid JSON{at}. Write one complete object on each line.", null,
                ImportIssue.Cut(line));
        }
    }

    private RecordFault? Members(ref Utf8JsonReader json, Field? inner)
    {
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var index = IndexOf(inner, ref json);
            var name = Columns.All[index].Header;
            json.Read();
            if (inner is null && (name == ErrorFileWriter.ErrorProperty
                || (json.TokenType is JsonTokenType.Null && InnerField(name) is not null)))
            {
                json.Skip();
                continue;
            }

            var fault = json.TokenType is JsonTokenType.StartObject && inner is null && InnerField(name) is { } field
                ? Members(ref json, field)
                : Cell(ref json, index, name);
            if (fault is not null)
                return fault;
        }

        return null;
    }

    private static Field? InnerField(string name) => name switch
    {
        "ratings" => Field.ItemRating,
        "comments" => Field.ItemComment,
        "counts" => Field.LevelCount,
        _ => null,
    };

    private RecordFault? Cell(ref Utf8JsonReader json, int index, string name)
    {
        if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            return new(ImportCodes.TooDeep, $"The value of \"{name}\" must be text or a number; only ratings, comments and counts are "
                + "objects, of one level.", name);
        if (_problems[index] is var (code, detail))
            return new(code, detail, name);
        if (_cells[index].Record == Record)
            return new(ImportCodes.DuplicateColumn, "The name stands twice in this record. Keep one.", name);

        var length = json.TokenType is JsonTokenType.Null ? 0 : json.ValueSpan.Length;
        if (_used + length > _text.Length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _used + length));
        if (json.TokenType is JsonTokenType.String)
            length = json.CopyString(_text.AsSpan(_used));
        else if (length > 0)
            json.ValueSpan.CopyTo(_text.AsSpan(_used));
        _cells[index] = (_used, length, Record);
        var cell = _text.AsSpan(_used, length);
        _used += length;
        return cell.Contains((byte)0)
            ? new(ImportCodes.NulByte, "The value holds a NUL character. Remove it.", Columns.All[index].Header, ImportIssue.Cut(cell))
            : TooLongCell(Columns.All[index], cell);
    }

    // The name as the line writes it and the object it stands in make the key, so that no string is made of a name seen before.
    private int IndexOf(Field? inner, ref Utf8JsonReader json)
    {
        var length = json.ValueSpan.Length + 1;
        if (length > _key.Length)
            _key = new byte[length * 2];
        _key[0] = (byte)(inner ?? 0);
        json.ValueSpan.CopyTo(_key.AsSpan(1));
        var index = _names.Add(_key.AsSpan(0, length));
        if (index < 0)
            throw new ImportFileException(ImportCodes.TooManyColumns,
                $"The records use more than {ImportLimits.Columns:N0} different names.", Line, Record);
        if (index == _problems.Count)
            Learn(inner, json.GetString()!);
        return _twins[index];
    }

    // Records written by different programs may spell a name differently (itemCode, item_code); it is the same column then.
    private void Learn(Field? inner, string name)
    {
        var problem = inner is { } field ? Columns.AddCode(field, name) : InnerField(name) is null ? Columns.Add(name)
            : Columns.AddObject(name);
        var column = Columns.All[^1];
        var twin = problem?.Code is ImportCodes.DuplicateColumn ? Columns.Twin(column) : -1;
        _problems.Add(twin >= 0 ? null : problem);
        _twins.Add(twin >= 0 ? twin : column.Index);
        _cells.Add(default);
    }
}
