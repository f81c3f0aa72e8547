using System.Text;
using System.Text.Json.Nodes;
using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Tests.Imports.Reading;

public sealed class ErrorFileTests
{
    private const string Header = "assessment_external_id;participant_key;item_code;level;comment";

    [Fact]
    public async Task Rejected_rows_are_written_again_with_what_was_wrong()
    {
        var file = await ErrorFile($"{Header}\r\na-1;p-1;VIS.1;green;\r\na-1;p-1;;;\"semi;colon \"\"and\"\" "
            + "\r\nbreak\"\r\na-1;p-2;VIS.1\r\na-1;p-3;VIS.1;red;;too much\r\n");

        var rows = file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Header + ";error_line;error_column;error_code;error_detail", rows[0]);
        Assert.Equal("a-1;p-1;;;\"semi;colon \"\"and\"\" ", rows[1]);
        Assert.StartsWith("break\";3;\"item_code; level\";import.missing_value;\"The row names no item.", rows[2],
            StringComparison.Ordinal);
        Assert.StartsWith("a-1;p-2;VIS.1;;;5;level;import.row_too_short;", rows[3], StringComparison.Ordinal);
        Assert.StartsWith("a-1;p-3;VIS.1;red;;6;;import.row_too_long;", rows[4], StringComparison.Ordinal);
        Assert.EndsWith(";too much", rows[4], StringComparison.Ordinal);
        Assert.Equal(5, rows.Length);
    }

    [Theory]
    [InlineData("=HYPERLINK(1)")]
    [InlineData("+1")]
    [InlineData("-5")]
    [InlineData("@SUM")]
    [InlineData("'=already")]
    [InlineData("''=twice")]
    [InlineData("\t=tab")]
    [InlineData("\r=return")]
    public async Task A_cell_that_a_spreadsheet_would_run_is_guarded_and_comes_back_unchanged(string comment)
    {
        var file = await ErrorFile($"{Header}\na-1;p-1;VIS.1;;\"{comment}\"\n");
        var raw = await ErrorFile($"{Header}\na-1;p-1;VIS.1;;\"{comment}\"\n", raw: true);

        Assert.Contains($"'{comment}", file, StringComparison.Ordinal);
        Assert.DoesNotContain($"'{comment}", raw, StringComparison.Ordinal);
        var mended = await Upload.Text(file.Replace("VIS.1;;", "VIS.1;green;", StringComparison.Ordinal));
        Assert.Empty(mended.FileFaults);
        Assert.Empty(mended.Issues);
        Assert.Equal(comment.Trim(), Assert.Single(mended.Comments).Text.Trim());
    }

    [Fact]
    public async Task An_error_file_that_is_still_wrong_makes_an_error_file_of_the_same_shape()
    {
        var first = await ErrorFile($"{Header}\na-1;p-1;VIS.1;;=1\n");
        var second = await ErrorFile(first);

        Assert.Equal(first.Replace(";2;level;", ";;", StringComparison.Ordinal),
            second.Replace(";2;level;", ";;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NDJSON_records_come_back_as_they_were_with_an_error_member()
    {
        const string Text = "{\"assessmentExternalId\":\"a-1\",\"participantKey\":\"pé\",\"itemCode\":\"=1\",\"level\":null}\n{\"assess\n";
        var file = await ErrorFile(Text, Upload.Long.Lines());

        var lines = file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(("pé", "=1"), ((string?)lines[0]["participantKey"], (string?)lines[0]["itemCode"]));
        Assert.Equal((1, ImportCodes.MissingValue, "level"),
            ((int)lines[0]["_error"]!["line"]!, (string?)lines[0]["_error"]!["errors"]![0]!["code"],
                (string?)lines[0]["_error"]!["errors"]![0]!["column"]));
        Assert.Equal("{\"assess", (string?)lines[1]["_error"]!["text"]);

        var mended = await Upload.Text(file.Split('\n')[0].Replace("null", "\"green\"", StringComparison.Ordinal), Upload.Long.Lines());
        Assert.Equal([new("a-1", "pé", "=1", "green")], mended.Cells);
    }

    private static async Task<string> ErrorFile(string text, ImportReadOptions? options = null, bool raw = false)
    {
        var issues = (await Upload.Text(text, options)).Issues;
        var output = new MemoryStream();
        await ErrorFileWriter.WriteAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(text)), options ?? Upload.Long, issues.ToAsyncEnumerable(), output, raw,
                TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
