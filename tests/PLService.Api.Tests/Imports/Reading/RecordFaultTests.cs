using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Tests.Imports.Reading;

public sealed class RecordFaultTests
{
    private const string Good = "5300001,a-1,p-1,VIS.1,green,2026-09-14T13:05:22Z,\n";

    public static TheoryData<string, string, string?, string?> Rows => new()
    {
        { "5300001,a-1,p-1,VIS.2,green\n", ImportCodes.RowTooShort, "rated_at", "5300001,a-1,p-1,VIS.2,green" },
        { "5300001,a-1,p-1,VIS.2,green,,time is short, and so on\n", ImportCodes.RowTooLong, null, " and so on" },
        { "5300001,a-1,p-1,VIS.2,green,,\"a\"b\n", ImportCodes.BadQuote, "comment", "5300001,a-1,p-1,VIS.2,green,,\"a\"b" },
        { "5300001,a-1,p-1,VI\"S.2,green,,\n", ImportCodes.BadQuote, "item_code", "5300001,a-1,p-1,VI\"S.2,green,," },
        { "5300001,a-1,p-1,VIS.2,gr\0een,,\n", ImportCodes.NulByte, "level", "\0een,," },
        { $"5300001,a-1,{new string('k', 201)},VIS.2,green,,\n", ImportCodes.CellTooLong, "participant_key", new string('k', 100) },
        { $"5300001,a-1,p-1,VIS.2,green,,{new string('k', 4001)}\n", ImportCodes.CellTooLong, "comment", new string('k', 100) },
        { "5300001,a-1,,VIS.2,green,,\n", ImportCodes.MissingValue, "participant_key", null },
        { "5300001,a-1,p-1, ,green,,\n", ImportCodes.MissingValue, "item_code", null },
        { "5300001,a-1,p-1,VIS.2,,,\n", ImportCodes.MissingValue, "level", null },
        { "5300001,,p-1,VIS.2,green,,\n", ImportCodes.MissingValue, "assessment_external_id", null },
        { "5300001,a-1,p-1,VIS.2,green,14/9/2026,\n", ImportCodes.BadDate, "rated_at", "14/9/2026" },
        { "5300001,a-1,p-1,VIS.2,green,2026-02-30T10:00Z,\n", ImportCodes.BadDate, "rated_at", "2026-02-30T10:00Z" },
        { "5300001,a-1,p-1,VIS.1,red,,\n", ImportCodes.ConflictingRow, "level", "red" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_faulty_row_is_reported_where_it_stands_and_the_rest_is_read(string row, string code, string? column, string? value)
    {
        var outcome = await Upload.Text($"{Upload.LongHeader}\n{Good}{row}5300001,a-1,p-2,VIS.1,red,,\n");

        Assert.Empty(outcome.FileFaults);
        var issue = outcome.TheOnlyIssue;
        Assert.Equal((ImportSeverity.Error, code, 3L, 2L, column, value),
            (issue.Severity, issue.Code, issue.Line, issue.Record, issue.Column, issue.Value));
        Assert.NotEmpty(issue.Detail);
        Assert.Equal([new("a-1", "p-1", "VIS.1", "green"), new("a-1", "p-2", "VIS.1", "red")], outcome.Cells);
        Assert.Equal((3, 1), (outcome.Records, outcome.Rejected));
    }

    [Fact]
    public async Task All_faults_of_a_row_are_reported_together()
    {
        var outcome = await Upload.Text($"{Upload.LongHeader}\n5300001,a-1,,,,yesterday,\n");

        Assert.Equal(["participant_key", "rated_at", "item_code", "level"], outcome.Issues.Select(issue => issue.Column));
        Assert.Equal(1, outcome.Rejected);
    }

    [Fact]
    public async Task A_long_cell_of_characters_beyond_ASCII_is_counted_in_characters()
    {
        var outcome = await Upload.Text($"{Upload.LongHeader}\n5300001,a-1,{new string('é', 80)},VIS.1,green,,{new string('日', 4000)}\n");

        Assert.Empty(outcome.Issues);
        Assert.Equal(4000, Assert.Single(outcome.Comments).Text.Length);
    }

    [Fact]
    public async Task A_row_that_repeats_another_is_counted_once_and_told()
    {
        var outcome = await Upload.Text($"{Upload.LongHeader}\n{Good}5300001,a-1,p-2,VIS.1,red,,\n5300001,a-1,p-1,vis.1,GREEN,,\n");

        var issue = outcome.TheOnlyIssue;
        Assert.Equal((ImportSeverity.Warning, ImportCodes.DuplicateRow, 4L, 3L), (issue.Severity, issue.Code, issue.Line, issue.Record));
        Assert.Contains("line 2", issue.Detail, StringComparison.Ordinal);
        Assert.Equal(2, outcome.Cells.Count);
        Assert.Equal((3, 0, 1), (outcome.Records, outcome.Rejected, outcome.Repeated));
    }

    [Fact]
    public async Task A_row_with_another_level_conflicts_with_the_first_which_stays()
    {
        var outcome = await Upload.Text($"{Upload.LongHeader}\n{Good}5300001,a-1,p-2,VIS.1,red,,\n5300001,a-1,p-1,VIS.1,red,,\n");

        Assert.Equal((ImportCodes.ConflictingRow, 4L, "level"),
            (outcome.TheOnlyIssue.Code, outcome.TheOnlyIssue.Line, outcome.TheOnlyIssue.Column));
        Assert.Contains("line 2", outcome.TheOnlyIssue.Detail, StringComparison.Ordinal);
        Assert.Equal("green", outcome.Cells[0].Level);
    }

    [Fact]
    public async Task The_same_item_with_another_comment_or_role_conflicts()
    {
        var outcome = await Upload.Text(
            "assessment_external_id,participant_key,role,item_code,level,comment\na-1,p-1,teacher,VIS.1,green,yes\n"
                + "a-1,p-1,teacher,VIS.1,green,no\na-1,p-1,coach,VIS.2,green,\n");

        Assert.Equal([(3L, "comment"), (4L, "role")], outcome.Issues.Select(issue => (issue.Line, issue.Column)));
        Assert.All(outcome.Issues, issue => Assert.Equal(ImportCodes.ConflictingRow, issue.Code));
        Assert.Single(outcome.Cells);
    }

    [Fact]
    public async Task The_same_participant_in_another_assessment_is_another_response()
    {
        var outcome = await Upload.Text($"{Upload.LongHeader}\n{Good}5300001,a-2,p-1,VIS.1,red,,\n5300002,a-1,p-1,VIS.1,red,,\n");

        Assert.Empty(outcome.Issues);
        Assert.Equal(3, outcome.Cells.Count);
    }

    [Fact]
    public async Task A_bad_window_date_is_told_on_every_row_that_has_it()
    {
        var outcome = await Upload.Text("assessment_external_id,window_opens,participant_key,item_code,level\na-1,soon,p-1,VIS.1,green\n"
            + "a-1,soon,p-2,VIS.1,green\n");

        Assert.Equal([(2L, "window_opens", "soon"), (3L, "window_opens", "soon")],
            outcome.Issues.Select(issue => (issue.Line, issue.Column, issue.Value)));
        Assert.All(outcome.Issues, issue => Assert.Equal(ImportCodes.BadDate, issue.Code));
    }

    [Fact]
    public async Task An_assessment_id_that_is_no_UUID_is_refused()
    {
        var outcome = await Upload.Text("assessment_id,participant_key,item_code,level\n42,p-1,VIS.1,green\n");

        Assert.Equal((ImportCodes.BadId, 2L, "assessment_id", "42"),
            (outcome.TheOnlyIssue.Code, outcome.TheOnlyIssue.Line, outcome.TheOnlyIssue.Column, outcome.TheOnlyIssue.Value));
    }
}
