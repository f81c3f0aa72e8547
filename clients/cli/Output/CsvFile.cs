using System.Text;

namespace PLService.Cli.Output;

/// <summary>Writes CSV (RFC 4180), UTF-8.</summary>
internal sealed class CsvFile(Stream output) : IAsyncDisposable
{
    private readonly StreamWriter _writer = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\r\n" };

    public Task WriteAsync(params string?[] cells) => _writer.WriteLineAsync(string.Join(',', cells.Select(Quote)));

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private static string Quote(string? cell) =>
        cell is null ? "" : cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
