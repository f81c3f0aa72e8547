using System.Buffers;
using System.Text;
using System.Text.Json;
using CsvHelper;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Features.Imports.Reading.Records;

namespace PLService.Api.Features.Imports.Reading;

/// <summary>
/// Writes the rejected records of a file again, in the file's own format and with what was wrong beside each, to be mended and sent back
/// as it is: the reader passes over what was added. Reads the stored upload a second time, so no record has to be kept meanwhile.
/// </summary>
internal static class ErrorFileWriter
{
    /// <summary>The member that tells in an NDJSON record what was wrong.</summary>
    public const string ErrorProperty = "_error";

    /// <summary>Writes the records that <paramref name="issues"/> reject.</summary>
    /// <param name="body">The upload from its beginning; it is disposed.</param>
    /// <param name="options">Those of the import.</param>
    /// <param name="issues">Ordered by record. Warnings and faults of the file as a whole are passed over.</param>
    /// <param name="raw">Leaves out the apostrophe that keeps spreadsheets from running a cell as a formula.</param>
    /// <param name="output">Stays open.</param>
    /// <param name="ct">Ends the writing.</param>
    /// <returns>How many records were written.</returns>
    public static async Task<long> WriteAsync(
        Stream body, ImportReadOptions options, IAsyncEnumerable<ImportIssue> issues, Stream output, bool raw, CancellationToken ct)
    {
        await using var source = await ImportReader.OpenSourceAsync(body, options, ct);
        await using var csv = source is CsvRecordSource table ? new CsvErrors(table, output, raw) : null;
        var json = source as NdjsonRecordSource;
        var rejected = new List<ImportIssue>();
        var written = 0L;

        await foreach (var issue in issues.WithCancellation(ct))
        {
            if (issue.Severity is not ImportSeverity.Error || issue.Record == 0)
                continue;
            if (rejected.Count > 0 && rejected[0].Record != issue.Record)
                await WriteRejected();
            rejected.Add(issue);
        }

        if (rejected.Count > 0)
            await WriteRejected();
        return written;

        async Task WriteRejected()
        {
            while (source.Record < rejected[0].Record)
            {
                if (!await source.ReadAsync(ct))
                    throw new InvalidOperationException($"The upload has no record {rejected[0].Record}; the errors belong to another "
                        + "one.");
            }

            if (csv is not null)
                await csv.WriteAsync(rejected, ct);
            else
                await WriteJson(json!, rejected, output, ct);
            rejected.Clear();
            written++;
        }
    }

    private static async Task WriteJson(NdjsonRecordSource source, List<ImportIssue> issues, Stream output, CancellationToken ct)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line,
            new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            var text = source.RawLine.Trim(" \t\r"u8).ToArray();
            var members = Members(text);
            foreach (var member in members?.RootElement.EnumerateObject() ?? default)
            {
                if (member.Name != ErrorProperty)
                    member.WriteTo(json);
            }

            json.WriteStartObject(ErrorProperty);
            json.WriteNumber("line", source.Line);
            json.WriteStartArray("errors");
            foreach (var issue in issues)
            {
                json.WriteStartObject();
                json.WriteString("column", issue.Column);
                json.WriteString("code", issue.Code);
                json.WriteString("detail", issue.Detail);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (members is null)
                json.WriteString("text", Encoding.UTF8.GetString(text));
            json.WriteEndObject();
            json.WriteEndObject();
            members?.Dispose();
        }

        line.Write("\n"u8);
        await output.WriteAsync(line.WrittenMemory, ct);
    }

    private static JsonDocument? Members(byte[] line)
    {
        try
        {
            var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind is JsonValueKind.Object)
                return document;
            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            // What is no JSON is given back as text within the error.
            return null;
        }
    }

    /// <summary>The rejected rows as CSV with the upload's separator and header.</summary>
    private sealed class CsvErrors : IAsyncDisposable
    {
        private readonly CsvRecordSource _source;
        private readonly CsvWriter _writer;
        private readonly bool _raw;
        private readonly int[] _own;

        public CsvErrors(CsvRecordSource source, Stream output, bool raw)
        {
            (_source, _raw) = (source, raw);
            _own = [.. Enumerable.Range(0, source.Header.Count).Where(i => !IsAdded(source.Header[i]))];
            _writer = CsvWriter.Create(output, new() { Separator = source.Separator, ValidateFieldCount = false }, leaveOpen: true);
            foreach (var i in _own)
                Write(Encoding.UTF8.GetBytes(source.Header[i]));
            foreach (var name in KnownColumns.OfErrorFile)
                _writer.WriteField(name);
            _writer.EndRecord();
        }

        public async Task WriteAsync(List<ImportIssue> issues, CancellationToken ct)
        {
            WriteCells(issues);
            await _writer.EndRecordAsync(ct);
        }

        private void WriteCells(List<ImportIssue> issues)
        {
            foreach (var i in _own)
                Write(_source.Raw(i));
            _writer.WriteField(issues[0].Line);
            Write(Joined(issues, issue => issue.Column ?? ""));
            Write(Joined(issues, issue => issue.Code));
            Write(Joined(issues, issue => issue.Detail));

            // Cells beyond the header come last, so that the columns above keep their places.
            for (var i = _source.Header.Count; i < _source.FieldCount; i++)
                Write(_source.Raw(i));
        }

        private void Write(ReadOnlySpan<byte> cell)
        {
            if (_raw || !FormulaGuard.Needs(_source.Columns.IsGuarded ? FormulaGuard.Remove(cell) : cell)
                || (_source.Columns.IsGuarded && cell is [(byte)'\'', ..]))
                _writer.WriteField(cell);
            else
                _writer.WriteField([(byte)'\'', .. cell]);
        }

        private static byte[] Joined(List<ImportIssue> issues, Func<ImportIssue, string> part) =>
            Encoding.UTF8.GetBytes(string.Join("; ", issues.Select(part).Distinct()));

        private static bool IsAdded(string header) =>
            KnownColumns.OfErrorFile.Any(name => KnownColumns.Squeeze(name) == KnownColumns.Squeeze(header));

        public async ValueTask DisposeAsync() => await _writer.DisposeAsync();
    }
}
