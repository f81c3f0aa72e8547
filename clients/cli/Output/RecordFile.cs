using System.Globalization;
using System.Text;
using System.Text.Json;
using PLService.Client;

namespace PLService.Cli.Output;

/// <summary>How records are written.</summary>
internal enum RecordFormat
{
    /// <summary>Comma-separated, with a header (RFC 4180).</summary>
    Csv,

    /// <summary>A JSON object a line.</summary>
    Ndjson,

    /// <summary>One JSON array.</summary>
    Json,
}

/// <summary>Writes records of text, numbers, dates and nulls bit by bit, in UTF-8.</summary>
internal sealed class RecordFile(Stream output, RecordFormat format, params string[] columns) : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Lines = new(PLServiceClient.WireOptions) { WriteIndented = false, Encoder = Screen.Relaxed };

    private readonly StreamWriter _writer = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true)
    {
        NewLine = format is RecordFormat.Csv ? "\r\n" : "\n",
    };

    private bool _begun;

    /// <summary>Records so far.</summary>
    public int Count { get; private set; }

    /// <summary>The next record, a cell per column.</summary>
    public async Task WriteAsync(params object?[] cells)
    {
        await BeginAsync();
        await (format switch
        {
            RecordFormat.Csv => _writer.WriteLineAsync(Row(cells)),
            RecordFormat.Ndjson => _writer.WriteLineAsync(Object(cells)),
            _ => _writer.WriteAsync((Count == 0 ? "\n  " : ",\n  ") + Object(cells)),
        });
        Count++;
    }

    public async ValueTask DisposeAsync()
    {
        await BeginAsync();
        if (format is RecordFormat.Json)
            await _writer.WriteLineAsync(Count == 0 ? "]" : "\n]");
        await _writer.DisposeAsync();
    }

    private async Task BeginAsync()
    {
        if (_begun)
            return;
        _begun = true;
        if (format is RecordFormat.Csv)
            await _writer.WriteLineAsync(Row(columns));
        else if (format is RecordFormat.Json)
            await _writer.WriteAsync('[');
    }

    private static string Row(object?[] cells) => string.Join(',', cells.Select(cell => Quote(Text(cell) ?? "")));

    // What is unknown is left out, as a file for import does.
    private string Object(object?[] cells) => JsonSerializer.Serialize(
        columns.Zip(cells).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First, pair => pair.Second is int number ? (object)number : Text(pair.Second)),
        Lines);

    private static string? Text(object? cell) => cell switch
    {
        DateOnly or DateTimeOffset => ((IFormattable)cell).ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture),
    };

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
