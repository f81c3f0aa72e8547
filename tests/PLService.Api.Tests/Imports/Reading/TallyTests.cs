using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Tests.Imports.Reading;

public sealed class TallyTests
{
    [Fact]
    public async Task Counts_stand_in_a_column_per_level()
    {
        var outcome = await Upload.Text("group,participants,item_code,axis,green,yellow,red\nElma staff,25,VIS.1,,12,8,\nElma "
            + "staff,25,VIS.2,status,0,0,0\n", Upload.Tally);

        Assert.Empty(outcome.Issues);
        Assert.Equal(
            [
                new("a-1", "Elma staff", "VIS.1", "green", 12), new("a-1", "Elma staff", "VIS.1", "yellow", 8),
                new("a-1", "Elma staff", "VIS.2", "green", 0, "status"), new("a-1", "Elma staff", "VIS.2", "yellow", 0, "status"),
                    new("a-1", "Elma staff", "VIS.2", "red", 0, "status"),
            ],
            outcome.Cells);
        Assert.Equal(25, outcome.People["Elma staff"].Participants);
    }

    [Fact]
    public async Task Counts_stand_in_a_row_per_level_and_the_role_serves_as_the_group()
    {
        var outcome = await Upload.Text("role,item_code,level,count\ncoach,VIS.1,green,12\ncoach,VIS.1,red,3\ncoach,VIS.1,red,3\n"
            + "coach,VIS.1,green,4\n", Upload.Tally);

        Assert.Equal([new("a-1", "coach", "VIS.1", "green", 12), new("a-1", "coach", "VIS.1", "red", 3)], outcome.Cells);
        Assert.Equal([(ImportCodes.DuplicateRow, 4L), (ImportCodes.ConflictingRow, 5L)],
            outcome.Issues.Select(issue => (issue.Code, issue.Line)));
        Assert.Equal("coach", outcome.People["coach"].Role);
    }

    [Theory]
    [InlineData("Elma,25,VIS.1,twelve,8", ImportCodes.BadNumber, "green", "twelve")]
    [InlineData("Elma,25,VIS.1,-1,8", ImportCodes.BadNumber, "green", "-1")]
    [InlineData("Elma,25,VIS.1,1.5,8", ImportCodes.BadNumber, "green", "1.5")]
    [InlineData("Elma,25,VIS.1,1000001,8", ImportCodes.BadNumber, "green", "1000001")]
    [InlineData("Elma,many,VIS.1,1,8", ImportCodes.BadNumber, "participants", "many")]
    [InlineData("Elma,25,,1,8", ImportCodes.MissingValue, "item_code", null)]
    public async Task A_faulty_count_is_reported_where_it_stands(string row, string code, string column, string? value)
    {
        var outcome = await Upload.Text($"group,participants,item_code,green,red\nElma,25,VIS.2,1,1\n{row}\n", Upload.Tally);

        Assert.Equal((code, 3L, 2L, column, value),
            (outcome.TheOnlyIssue.Code, outcome.TheOnlyIssue.Line, outcome.TheOnlyIssue.Record, outcome.TheOnlyIssue.Column,
                outcome.TheOnlyIssue.Value));
        Assert.Equal(1, outcome.Rejected);
        Assert.Equal(2, outcome.Cells.Count);
    }

    [Theory]
    [InlineData("particpants")]
    [InlineData("groups")]
    public async Task A_mistyped_column_is_not_taken_for_a_level(string column)
    {
        var outcome = await Upload.Text($"item_code,green,{column}\nVIS.1,1,1\n", Upload.Tally);

        Assert.Equal((ImportCodes.UnknownColumn, column), (outcome.TheOnlyFileFault.Code, outcome.TheOnlyFileFault.Column));
    }

    [Fact]
    public async Task With_a_known_instrument_only_its_levels_are_taken()
    {
        var options = Upload.Tally with { KnownLevels = ["green", "red"] };

        Assert.Equal("blue", (await Upload.Text("item_code,Green,blue\nVIS.1,1,1\n", options)).TheOnlyFileFault.Column);
        Assert.Single((await Upload.Text("item_code,Green\nVIS.1,1\n", options)).Cells);
    }

    [Fact]
    public async Task A_file_without_counts_is_refused()
    {
        var fault = (await Upload.Text("group,item_code,level\nElma,VIS.1,green\n", Upload.Tally)).TheOnlyFileFault;

        Assert.Equal((ImportCodes.MissingColumn, "<level code>"), (fault.Code, fault.Column));
    }

    [Fact]
    public async Task A_level_without_a_count_and_a_count_without_a_level_are_reported()
    {
        var outcome = await Upload.Text("item_code,level,count\nVIS.1,green,\nVIS.1,,3\n", Upload.Tally);

        Assert.Equal([(2L, "count"), (3L, "level")], outcome.Issues.Select(issue => (issue.Line, issue.Column)));
        Assert.All(outcome.Issues, issue => Assert.Equal(ImportCodes.MissingValue, issue.Code));
    }
}
