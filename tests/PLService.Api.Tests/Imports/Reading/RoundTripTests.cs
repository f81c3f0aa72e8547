using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Features.Imports.Reading.Records;

namespace PLService.Api.Tests.Imports.Reading;

public sealed class RoundTripTests
{
    private static readonly string[] Names = ["participant_key", "item_code", "level", "comment", "round", "role"];

    // Cells of what makes CSV hard, and of anything else.
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Elements(",", ";", "\t", "\"", "\n", "\r\n", "\r", "'", "=", " ", "a", "é", "日本", "😀", "\"\"", "{", "\u007f", "\uFEFF"),
        Gen.Choose(0x20, 0xd7ff).Select(c => ((char)c).ToString())).ArrayOf().Select(string.Concat).Where(text => text.Length <= 200);

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public void Any_table_written_as_RFC_4180_reads_back_identical(char separator)
    {
        var rows = Gen.ArrayOf(Text, Names.Length).ArrayOf().Where(rows =>
            rows.All(row => row.Any(cell => cell.Trim(' ', '\t', '\r', '\n').Length > 0)));

        Prop.ForAll(rows.Zip(Gen.Elements("\n", "\r\n")).ToArbitrary(), table =>
        {
            var (expected, lineEnd) = table;
            var text = string.Join(lineEnd, expected.Prepend(Names).Select(row =>
                string.Join(separator, row.Select(cell => Quoted(cell, separator)))));
            return Cells(text).SequenceEqual(expected.Select((row, i) => (i + 1L, string.Join('\u0001', row))));
        }).QuickCheckThrowOnFailure();
    }

    private static string Quoted(string cell, char separator) =>
        cell.AsSpan().IndexOfAny([separator, '"', '\r', '\n']) >= 0 || cell.Length % 3 == 1 ? $"\"{cell.Replace("\"", "\"\"",
            StringComparison.Ordinal)}\"" : cell;

    private static List<(long Record, string Row)> Cells(string text)
    {
        var options = Upload.Long with { Defaults = new() { AssessmentExternalId = "a-1" } };
        return Task.Run(async () =>
        {
            var rows = new List<(long, string)>();
            await using var source = await ImportReader.OpenSourceAsync(new Upload.Trickle(Encoding.UTF8.GetBytes(text)), options, default);
            while (await source.ReadAsync(default))
            {
                Assert.Null(source.Fault);
                rows.Add((source.Record, Row(source)));
            }

            return rows;
        }).GetAwaiter().GetResult();
    }

    private static string Row(RecordSource source) =>
        string.Join('\u0001', Enumerable.Range(0, Names.Length).Select(i => Encoding.UTF8.GetString(source.Raw(i))));
}
