using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Features.Imports.Reading.Records;
using PLService.Api.Http;

namespace PLService.Api.Features.Imports.PlanFiles;

/// <summary>Writes rows of plans as the import reads them.</summary>
internal sealed class PlanFileWriter : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StreamWriter _writer;
    private readonly bool _isNdjson;

    public PlanFileWriter(Stream output, bool isNdjson)
    {
        _writer = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        _isNdjson = isNdjson;
        if (!isNdjson)
            _writer.Write(string.Join(',', PlanColumns.Known.Select(column => column.Name)) + "\r\n");
    }

    /// <summary>The next row; cells that are not there are empty.</summary>
    public Task WriteAsync(IReadOnlyDictionary<Field, string> row) => _writer.WriteAsync(_isNdjson
        ? JsonSerializer.Serialize(PlanColumns.Known.Where(column => row.ContainsKey(column.Field)).ToDictionary(column => column.Name, column => row[column.Field]), Json) + "\n"
        : string.Join(',', PlanColumns.Known.Select(column => Csv.Cell(Guarded(row.GetValueOrDefault(column.Field) ?? "")))) + "\r\n");

    // The guard of the import itself, so that also a text that begins with an apostrophe comes back as it was.
    private static string Guarded(string cell) => FormulaGuard.Needs(Encoding.UTF8.GetBytes(cell)) ? "'" + cell : cell;

    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
