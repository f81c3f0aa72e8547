using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Tests.Imports.Reading;

public sealed class OrganizationFileTests
{
    [Fact]
    public async Task Every_column_is_read()
    {
        var outcome = await Upload.Text(
            "organization_id_system,organization_id,name,kind,parent_id_system,parent_id,time_zone,opened_on,closed_on,successor_id_system,successor_id\n"
            + "nces,0530001,Elma,District,state,14,America/Los_Angeles,1990-09-01,6/30/2026,,5300002\nnces,5300002,,,,,,,,,\n",
            Upload.Organizations);

        Assert.Empty(outcome.Issues);
        Assert.Equal(
            new(1, 2, new("nces", "0530001", null), "Elma", "district", new("state", "14", null), "America/Los_Angeles", new(1990, 9, 1),
                new(2026, 6, 30), new("nces", "5300002", null)),
            outcome.Organizations[0]);
        Assert.Equal(new(2, 3, new("nces", "5300002", null), null, null, null, null, null, null, null), outcome.Organizations[1]);
    }

    [Fact]
    public async Task Ids_may_carry_their_system_in_the_column_name()
    {
        var outcome = await Upload.Text("school_nces_id,name,kind,parent_state_id\n530000100001,Elma High,school,14-001\n",
            Upload.Organizations);

        Assert.Equal((new("nces", "530000100001", null), new("state", "14-001", null)),
            (outcome.Organizations[0].Organization, outcome.Organizations[0].Parent!));
    }

    [Theory]
    [InlineData("nces,,Elma,,", ImportCodes.MissingValue, "organization_id", null)]
    [InlineData(",5300003,Elma,,", ImportCodes.BadId, "organization_id", "5300003")]
    [InlineData("nces,5300003,Elma,Elma/Main,", ImportCodes.BadId, "time_zone", "Elma/Main")]
    [InlineData("nces,5300003,Elma,,last year", ImportCodes.BadDate, "closed_on", "last year")]
    [InlineData("nces,5300001,Elma again,,", ImportCodes.ConflictingRow, "organization_id", "nces 5300001")]
    public async Task A_faulty_row_is_reported_where_it_stands(string row, string code, string column, string? value)
    {
        var outcome = await Upload.Text($"organization_id_system,organization_id,name,time_zone,closed_on\nnces,5300001,Elma,,\n{row}\n"
            + "nces,5300002,Satsop,,\n", Upload.Organizations);

        Assert.Equal((code, 3L, 2L, column, value),
            (outcome.TheOnlyIssue.Code, outcome.TheOnlyIssue.Line, outcome.TheOnlyIssue.Record, outcome.TheOnlyIssue.Column,
                outcome.TheOnlyIssue.Value));
        Assert.Equal(["5300001", "5300002"], outcome.Organizations.Select(row => row.Organization.Value));
    }

    [Fact]
    public async Task A_repeated_row_is_counted_once_over_the_whole_file()
    {
        var rows = string.Concat(Enumerable.Range(0, 2_500).Select(i => $"nces,{i},School {i}\n"));

        var outcome = await Upload.Text($"organization_id_system,organization_id,name\n{rows}nces,0,School 0\n", Upload.Organizations);

        Assert.Equal((ImportSeverity.Warning, ImportCodes.DuplicateRow, 2502L),
            (outcome.TheOnlyIssue.Severity, outcome.TheOnlyIssue.Code, outcome.TheOnlyIssue.Line));
        Assert.Equal((2_500, 1, 3), (outcome.Organizations.Count, outcome.Repeated, outcome.Batches));
    }

    [Fact]
    public async Task A_file_without_an_id_column_is_refused()
    {
        var fault = (await Upload.Text("name,kind\nElma,district\n", Upload.Organizations)).TheOnlyFileFault;

        Assert.Equal((ImportCodes.MissingColumn, "organization_id"), (fault.Code, fault.Column));
    }
}
