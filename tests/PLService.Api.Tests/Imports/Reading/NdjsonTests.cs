using System.Text;
using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Tests.Imports.Reading;

public sealed class NdjsonTests
{
    private const string Good = "{\"assessmentExternalId\":\"a-1\",\"participantKey\":\"p-1\",\"itemCode\":\"VIS.1\",\"level\":\"green\"}\n";

    [Fact]
    public async Task Names_are_camel_or_snake_case_and_numbers_count_as_text()
    {
        var outcome = await Upload.Text(
            "\uFEFF{\"districtNcesId\":\"0530001\",\"assessmentExternalId\":\"a-1\",\"participantKey\":7,\"itemCode\":\"VIS.1\",\"level\":2,\"ratedAt\":null}\r\n\n"
            + "{\"level\":\"rot \\u00e9\\n\",\"item_code\":\"VIS.2\",\"participant_key\":\"p-2\",\"assessment_external_id\":\"a-1\",\"comment\":\"two\\nlines\"}",
            Upload.Long.Lines());

        Assert.Empty(outcome.FileFaults);
        Assert.Empty(outcome.Issues);
        Assert.Equal([new("a-1", "7", "VIS.1", "2"), new("a-1", "p-2", "VIS.2", "rot é")], outcome.Cells);
        Assert.Equal("0530001", outcome.Scopes[0].Organization!.Value);
    }

    [Fact]
    public async Task Ratings_and_comments_stand_in_inner_objects_or_beside()
    {
        var outcome = await Upload.Text(
            "{\"participantKey\":\"p-1\",\"ratings\":{\"VIS.1\":\"green\",\"VIS.1:priority\":3,\"VIS.2\":null},\"comments\":{\"VIS.1\":\"yes\"}}\n{\"participantKey\":\"p-2\",\"VIS.2\":\"red\",\"ratings\":null}\n",
            Upload.Wide.Lines());

        Assert.Empty(outcome.Issues);
        Assert.Equal([new("a-1", "p-1", "VIS.1", "green"), new("a-1", "p-1", "VIS.1", "3", 1, "priority"),
            new("a-1", "p-2", "VIS.2", "red")], outcome.Cells);
        Assert.Equal([("p-1", "VIS.1", "yes")], outcome.Comments);
    }

    [Fact]
    public async Task Counts_stand_in_an_inner_object()
    {
        var outcome = await Upload.Text("{\"group\":\"Elma\",\"participants\":25,\"itemCode\":\"VIS.1\",\"counts\":{\"green\":12,\"red\":0}}\n", Upload.Tally.Lines());

        Assert.Equal([new("a-1", "Elma", "VIS.1", "green", 12), new("a-1", "Elma", "VIS.1", "red", 0)], outcome.Cells);
    }

    [Fact]
    public async Task Organizations_are_read()
    {
        var outcome = await Upload.Text("{\"organizationIdSystem\":\"nces\",\"organizationId\":\"5300001\",\"name\":\"Elma\",\"parentStateId\":\"14\"}\n", Upload.Organizations.Lines());

        Assert.Equal((new("nces", "5300001", null), "Elma", new("state", "14", null)),
            (outcome.Organizations[0].Organization, outcome.Organizations[0].Name, outcome.Organizations[0].Parent!));
    }

    public static TheoryData<string, string, string?, string?> Lines => new()
    {
        { "{\"assessmentExternalId\":\"a-1\",", ImportCodes.BadJson, null, "{\"assessmentExternalId\":\"a-1\"," },
        { "{} {}", ImportCodes.BadJson, null, "{} {}" },
        { "\"text\"", ImportCodes.BadJson, null, "\"text\"" },
        { "{'level':1}", ImportCodes.BadJson, null, "{'level':1}" },
        { "{\"level\":\"\\ud800\"}", ImportCodes.BadJson, null, "{\"level\":\"\\ud800\"}" },
        { "{\"ratings\":\"green\"}", ImportCodes.BadJson, "ratings", null },
        { "{\"level\":{\"code\":\"green\"}}", ImportCodes.TooDeep, "level", null },
        { "{\"level\":[\"green\"]}", ImportCodes.TooDeep, "level", null },
        { "{\"ratings\":{\"VIS.1\":{\"level\":\"green\"}}}", ImportCodes.TooDeep, "VIS.1", null },
        { "{\"a\":" + string.Concat(Enumerable.Repeat("{\"a\":", 1_000)) + "1" + new string('}', 1_001), ImportCodes.TooDeep, "a", null },
        { "{\"colour\":\"green\"}", ImportCodes.UnknownColumn, "colour", null },
        { "{\"level\":\"green\",\"level\":\"red\"}", ImportCodes.DuplicateColumn, "level", null },
        { "{\"level\":\"gr\\u0000een\"}", ImportCodes.NulByte, "level", "gr\0een" },
        { "{\"level\":\"gr\0een\"}", ImportCodes.NulByte, null, "{\"level\":\"gr\0een\"}" },
        { "{\"participantKey\":\"" + new string('k', 201) + "\"}", ImportCodes.CellTooLong, "participantKey", new string('k', 100) },
        { "{\"assessmentExternalId\":\"a-1\",\"itemCode\":\"VIS.1\",\"level\":\"green\"}", ImportCodes.MissingValue, "participantKey",
            null },
        { Good.Replace("green", "red", StringComparison.Ordinal).TrimEnd(), ImportCodes.ConflictingRow, "level", "red" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_faulty_line_is_reported_where_it_stands_and_the_rest_is_read(string line, string code, string? column,
        string? value)
    {
        var outcome = await Upload.Text($"{Good}\n{line}\n{Good.Replace("p-1", "p-2", StringComparison.Ordinal)}", Upload.Long.Lines());

        Assert.Empty(outcome.FileFaults);
        var issue = outcome.TheOnlyIssue;
        Assert.Equal((code, 3L, 2L, column, value), (issue.Code, issue.Line, issue.Record, issue.Column, issue.Value));
        Assert.Equal(["p-1", "p-2"], outcome.Cells.Select(cell => cell.Who));
        Assert.Equal((3, 1), (outcome.Records, outcome.Rejected));
    }

    [Fact]
    public async Task A_fault_met_once_is_told_again_on_every_line_that_has_it()
    {
        var outcome = await Upload.Text("{\"colour\":1}\n{\"colour\":2}\n", Upload.Long.Lines());

        Assert.Equal([1L, 2L], outcome.Issues.Select(issue => issue.Line));
    }

    [Theory]
    [InlineData("", ImportCodes.Empty)]
    [InlineData("[{\"participantKey\":\"p-1\"}]", ImportCodes.BadJson)]
    [InlineData("<html>", ImportCodes.BadJson)]
    public async Task A_file_that_is_not_NDJSON_is_refused(string text, string code) =>
        Assert.Equal(code, (await Upload.Text(text, Upload.Long.Lines())).TheOnlyFileFault.Code);

    [Fact]
    public async Task Bytes_of_another_encoding_end_the_reading()
    {
        var fault = (await Upload.Bytes(Encoding.Latin1.GetBytes(Good + "{\"level\":\"été\"}\n"), Upload.Long.Lines())).TheOnlyFileFault;

        Assert.Equal((ImportCodes.Encoding, 2L, 2L), (fault.Code, fault.Line, fault.Record));
    }

    [Fact]
    public async Task Too_many_different_names_are_refused()
    {
        var lines = string.Concat(Enumerable.Range(0, ImportLimits.Columns + 1).Select(i => $"{{\"n{i}\":1}}\n"));

        Assert.Equal(ImportCodes.TooManyColumns, (await Upload.Text(lines, Upload.Long.Lines())).TheOnlyFileFault.Code);
    }
}
