using System.Text;
using CsvHelper;

namespace PLService.Api.Features.Imports.Reading.Rosters;

/// <summary>Writes the rows of a roster that are ours, and of them only what is ours to know.</summary>
internal sealed class RosterOutput : IAsyncDisposable
{
    private readonly CsvWriter _writer;

    public RosterOutput(Stream output)
    {
        _writer = CsvWriter.Create(output, new(), leaveOpen: true);
        foreach (var name in RosterColumns.All)
            _writer.WriteField(Encoding.UTF8.GetBytes(name));
        _writer.EndRecord();
    }

    public Task WriteAsync(string file, long line, params (string Column, string? Value)[] cells)
    {
        foreach (var name in RosterColumns.All)
        {
            var value = name switch
            {
                RosterColumns.File => file,
                RosterColumns.Line => line.ToString(System.Globalization.CultureInfo.InvariantCulture),
                _ => Array.Find(cells, cell => cell.Column == name).Value,
            };
            _writer.WriteField(Encoding.UTF8.GetBytes(value ?? ""));
        }

        return _writer.EndRecordAsync(CancellationToken.None).AsTask();
    }

    /// <summary>A row that is rejected: of it no more is kept than where it stands and what is wrong.</summary>
    public Task RefuseAsync(string file, long line, string code, string? column, string? value) => WriteAsync(
        file, line, (RosterColumns.Fault, code), (RosterColumns.FaultColumn, column is null ? null : $"{file}: {column}"), (RosterColumns.FaultValue, value is null ? null : ImportIssue.Cut(value)));

    public async ValueTask DisposeAsync() => await _writer.DisposeAsync();
}
