using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Tests.Imports.Reading;

public sealed class WideTests
{
    [Fact]
    public async Task A_record_holds_all_ratings_and_comments_of_a_participant()
    {
        var outcome = await Upload.Text(
            "participant_key,role,VIS.1,VIS.1:priority,VIS.1.comment,VIS.2,comment\np-1,coach,green,high,we met weekly,,all in all "
                + "well\np-2,,red,,,yellow,\n", Upload.Wide);

        Assert.Empty(outcome.Issues);
        Assert.Equal(
            [
                new("a-1", "p-1", "VIS.1", "green"), new("a-1", "p-1", "VIS.1", "high", 1, "priority"),
                new("a-1", "p-2", "VIS.1", "red"), new("a-1", "p-2", "VIS.2", "yellow"),
            ],
            outcome.Cells);
        Assert.Equal([("p-1", "VIS.1", "we met weekly"), ("p-1", null, "all in all well")], outcome.Comments);
        Assert.Equal("coach", outcome.People["p-1"].Role);
    }

    [Theory]
    [InlineData("VIS.1", "VIS.1", null)]
    [InlineData("vis.1", "vis.1", null)]
    [InlineData("VIS.1 A written vision names what students will gain.", "VIS.1", null)]
    [InlineData("VIS.1. A written vision", "VIS.1", null)]
    [InlineData("VIS.1 - A written vision, in short", "VIS.1", null)]
    [InlineData("VIS.1: A written vision", "VIS.1", null)]
    [InlineData("VIS.1) A written vision", "VIS.1", null)]
    [InlineData("[VIS.1]", "VIS.1", null)]
    [InlineData("[VIS.1] A written vision", "VIS.1", null)]
    [InlineData("Vision and definition [VIS.1 A written vision]", "VIS.1", null)]
    [InlineData("Rate each statement [VIS.1]", "VIS.1", null)]
    [InlineData("VIS.1:priority", "VIS.1", "priority")]
    [InlineData("[VIS.1]:priority", "VIS.1", "priority")]
    [InlineData("12", "12", null)]
    [InlineData("Q7", "Q7", null)]
    public async Task An_item_is_recognized_as_form_tools_write_it(string header, string item, string? axis)
    {
        var outcome = await Upload.Text($"participant_key\t{header}\np-1\tgreen\n", Upload.Wide);

        Assert.Empty(outcome.FileFaults);
        Assert.Equal([new("a-1", "p-1", item, "green", 1, axis)], outcome.Cells);
    }

    [Theory]
    [InlineData("VIS.1.comment")]
    [InlineData("VIS.1_comments")]
    [InlineData("VIS.1 - Comment")]
    [InlineData("[VIS.1] comments")]
    [InlineData("VIS.1: comment")]
    public async Task A_comment_on_an_item_is_recognized(string header)
    {
        var outcome = await Upload.Text($"participant_key,VIS.1,{header}\np-1,,short of time\n", Upload.Wide);

        Assert.Equal([("p-1", "VIS.1", "short of time")], outcome.Comments);
        Assert.Empty(outcome.Cells);
    }

    [Theory]
    [InlineData("District name")]
    [InlineData("particpant_role")]
    [InlineData("VIS")]
    public async Task A_column_that_names_no_item_is_refused(string header)
    {
        var outcome = await Upload.Text($"participant_key,VIS.1,{header}\np-1,green,x\n", Upload.Wide);

        Assert.Equal((ImportCodes.UnknownColumn, header), (outcome.TheOnlyFileFault.Code, outcome.TheOnlyFileFault.Column));
    }

    [Fact]
    public async Task With_a_known_instrument_only_its_items_are_taken_by_code_or_by_wording()
    {
        var options = Upload.Wide with
        {
            KnownItems = [new("VIS.1", "A written vision names what students gain."),
            new("Vision", "One definition is used.")]
        };

        var good = await Upload.Text("participant_key,vis.1 whatever,\"One definition is used\"\np-1,green,red\n", options);
        var bad = await Upload.Text("participant_key,VIS.1,VIS.9\np-1,green,red\n", options);

        Assert.Equal([new("a-1", "p-1", "VIS.1", "green"), new("a-1", "p-1", "Vision", "red")], good.Cells);
        Assert.Equal((ImportCodes.UnknownColumn, "VIS.9"), (bad.TheOnlyFileFault.Code, bad.TheOnlyFileFault.Column));
    }

    [Fact]
    public async Task A_Google_Forms_export_is_read_as_it_is()
    {
        var outcome = await Upload.Text(
            "\"Timestamp\",\"Username\",\"What is your role?\",\"Vision [VIS.1 A written vision, in writing]\",\"Vision [VIS.2 One "
                + "definition]\"\r\n"
            + "\"2026/09/14 1:05:22 PM EST\",\"ana@example.org\",\"Teacher\",\"In place\",\"\"\r\n",
            Upload.Wide);

        Assert.Empty(outcome.FileFaults);
        Assert.Equal([new("a-1", "ana@example.org", "VIS.1", "In place")], outcome.Cells);
        Assert.Equal(("Teacher", new DateTime(2026, 9, 14, 18, 5, 22, DateTimeKind.Utc), -1), outcome.People["ana@example.org"]);
    }

    [Fact]
    public async Task A_Microsoft_Forms_export_is_read_as_it_is()
    {
        var outcome = await Upload.Text(
            "\uFEFFID;Start time;Completion time;Email;Name;Last modified time;VIS.1 A written vision\r\n7;9/14/2026 13:01:00;9/14/2026 "
                + "13:05:22;anonymous;;;In place\r\n8;9/14/26;9/14/2026 13:05;anonymous;;;Not yet\r\n",
            Upload.Wide with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles") });

        Assert.Empty(outcome.FileFaults);
        Assert.Equal([new("a-1", "7", "VIS.1", "In place"), new("a-1", "8", "VIS.1", "Not yet")], outcome.Cells);
        Assert.Equal(new DateTime(2026, 9, 14, 20, 5, 22, DateTimeKind.Utc), outcome.People["7"].RatedAt);
    }

    [Fact]
    public async Task A_Qualtrics_export_with_one_header_row_is_read_as_it_is()
    {
        var outcome = await Upload.Text(
            "StartDate,EndDate,Status,IPAddress,Progress,Duration (in "
                + "seconds),Finished,RecordedDate,ResponseId,RecipientLastName,LocationLatitude,DistributionChannel,UserLanguage,VIS.1 "
                    + "- A written vision\n"
            + "2026-09-14 13:00:00,2026-09-14 13:04:00,0,,100,240,1,2026-09-14 13:05:22,R_1,,47.0,anonymous,EN,green\n",
            Upload.Wide);

        Assert.Equal([new("a-1", "R_1", "VIS.1", "green")], outcome.Cells);
        Assert.Equal(new DateTime(2026, 9, 14, 13, 5, 22, DateTimeKind.Utc), outcome.People["R_1"].RatedAt);
    }

    [Fact]
    public async Task Without_a_participant_column_rows_are_numbered_only_when_asked_for()
    {
        const string Text = "VIS.1,VIS.2\ngreen,red\n\nyellow,\n";

        var numbered = await Upload.Text(Text, Upload.Wide with { GenerateParticipantKeys = true });

        Assert.Equal("participant_key", (await Upload.Text(Text, Upload.Wide)).TheOnlyFileFault.Column);
        Assert.Equal(["row-1", "row-1", "row-2"], numbered.Cells.Select(cell => cell.Who));
    }

    [Fact]
    public async Task A_file_without_any_item_is_refused()
    {
        var fault = (await Upload.Text("participant_key,role\np-1,coach\n", Upload.Wide)).TheOnlyFileFault;

        Assert.Equal((ImportCodes.MissingColumn, "<item code>"), (fault.Code, fault.Column));
    }

    [Fact]
    public async Task A_record_that_conflicts_in_one_cell_is_rejected_whole_and_names_the_cell()
    {
        var outcome = await Upload.Text("participant_key,VIS.1,VIS.2,VIS.3\np-1,green,red,\np-1,green,yellow,red\np-1,green,red,\n"
            + "p-1,,,red\n", Upload.Wide);

        Assert.Equal(
            [(ImportCodes.ConflictingRow, 3L, "VIS.2"), (ImportCodes.DuplicateRow, 4L, null)],
            outcome.Issues.Select(issue => (issue.Code, issue.Line, issue.Column)));
        Assert.Equal(["VIS.1", "VIS.2", "VIS.3"], outcome.Cells.Select(cell => cell.Item));
    }

    [Fact]
    public async Task A_record_without_any_rating_changes_nothing_and_is_told()
    {
        var outcome = await Upload.Text("participant_key,VIS.1\np-1,\n", Upload.Wide);

        Assert.Equal((ImportSeverity.Warning, ImportCodes.MissingValue, 2L),
            (outcome.TheOnlyIssue.Severity, outcome.TheOnlyIssue.Code, outcome.TheOnlyIssue.Line));
        Assert.Empty(outcome.People);
    }

    [Fact]
    public async Task The_same_item_twice_in_the_header_is_refused()
    {
        var fault = (await Upload.Text("participant_key,VIS.1 A written vision,[vis.1]\n", Upload.Wide)).TheOnlyFileFault;

        Assert.Equal((ImportCodes.DuplicateColumn, "[vis.1]"), (fault.Code, fault.Column));
    }
}
