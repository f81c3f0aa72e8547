using System.Text;
using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Tests.Imports.Reading;

public sealed class CsvLayoutTests
{
    private static readonly Cell[] Two = [new("a-1", "p-1", "VIS.1", "green"), new("a-1", "p-2", "VIS.1", "red")];

    public static TheoryData<string, string> Layouts => new()
    {
        { "comma", "assessment_external_id,participant_key,item_code,level\na-1,p-1,VIS.1,green\na-1,p-2,VIS.1,red\n" },
        { "semicolon", "assessment_external_id;participant_key;item_code;level\na-1;p-1;VIS.1;green\na-1;p-2;VIS.1;red\n" },
        { "tab", "assessment_external_id\tparticipant_key\titem_code\tlevel\na-1\tp-1\tVIS.1\tgreen\na-1\tp-2\tVIS.1\tred\n" },
        { "Windows line ends", "assessment_external_id,participant_key,item_code,level\r\na-1,p-1,VIS.1,green\r\na-1,p-2,VIS.1,red\r\n" },
        { "no line end at the end", "assessment_external_id,participant_key,item_code,level\na-1,p-1,VIS.1,green\na-1,p-2,VIS.1,red" },
        { "byte order mark", "\uFEFFassessment_external_id,participant_key,item_code,level\na-1,p-1,VIS.1,green\na-1,p-2,VIS.1,red\n" },
        { "mark and quoted header", "\uFEFF\"assessment_external_id\",\"participant_key\",\"item_code\",\"level\"\n"
            + "\"a-1\",\"p-1\",\"VIS.1\",\"green\"\na-1,p-2,VIS.1,red\n" },
        { "Excel's sep line", "sep=;\r\nassessment_external_id;participant_key;item_code;level\r\na-1;p-1;VIS.1;green\r\n"
            + "a-1;p-2;VIS.1;red\r\n" },
        { "names in any case and blanks", " Assessment External ID ,PARTICIPANT_KEY, "
            + "itemCode,Level\na-1,p-1,VIS.1,green\na-1,p-2,VIS.1,red\n" },
        { "columns in any order", "level,item_code,participant_key,assessment_external_id\ngreen,VIS.1,p-1,a-1\nred,VIS.1,p-2,a-1\n" },
        { "blanks around cells", "assessment_external_id,participant_key,item_code,level\na-1 , p-1,VIS.1, green \n a-1,p-2 "
            + ",\tVIS.1,red\n" },
        { "blank and empty rows", "assessment_external_id,participant_key,item_code,level\n\na-1,p-1,VIS.1,green\n,,,\n\r\n"
            + "a-1,p-2,VIS.1,red\n\"\",,,\n,,,\n" },
        { "synonyms", "assessment_external_id,respondent_id,indicator,rating\na-1,p-1,VIS.1,green\na-1,p-2,VIS.1,red\n" },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task A_table_is_read_in_every_usual_layout(string layout, string text)
    {
        var outcome = await Upload.Text(text);

        Assert.Empty(outcome.FileFaults);
        Assert.Empty(outcome.Issues);
        Assert.True(outcome.Cells.SequenceEqual(Two), layout);
        Assert.Equal(2, outcome.Records);
    }

    [Fact]
    public async Task A_compressed_table_is_read_with_and_without_its_header()
    {
        var bytes = Upload.Gzip(Encoding.UTF8.GetBytes(Layouts.First().Data.Item2));

        Assert.Equal(Two, (await Upload.Bytes(bytes)).Cells);
        Assert.Equal(Two, (await Upload.Bytes(bytes, Upload.Long with { ContentEncoding = "gzip" })).Cells);
    }

    [Fact]
    public async Task Lines_are_counted_through_quoted_line_breaks_and_blank_lines()
    {
        var outcome = await Upload.Text(
            $"{Upload.LongHeader}\r\n5300001,a-1,p-1,VIS.1,green,,\"two\r\nlines, "
                + "\"\"quoted\"\"\"\r\n\r\n5300001,a-1,p-1,VIS.2,,,\r\n5300001,a-1,p-2,VIS.1,red,,x\r\n");

        Assert.Equal((5L, 2L, "level", ImportCodes.MissingValue),
            (outcome.TheOnlyIssue.Line, outcome.TheOnlyIssue.Record, outcome.TheOnlyIssue.Column, outcome.TheOnlyIssue.Code));
        Assert.Equal([("p-1", "VIS.1", "two\r\nlines, \"quoted\""), ("p-2", "VIS.1", "x")], outcome.Comments);
        Assert.Equal(3, outcome.Records);
        Assert.Equal(1, outcome.Rejected);
    }

    [Theory]
    [InlineData("district_nces_id", "nces")]
    [InlineData("School NCES ID", "nces")]
    [InlineData("organizationStateId", "state")]
    [InlineData("district_sis_id", "sis")]
    [InlineData("LEAID", "nces")]
    [InlineData("NCESSCH", "nces")]
    public async Task An_organization_is_named_by_the_system_in_the_column(string column, string system)
    {
        var outcome = await Upload.Text($"{column},assessment_external_id,participant_key,item_code,level\n0530001,a-1,p-1,VIS.1,green\n");

        Assert.Equal(new OrganizationReference(system, "0530001", null), outcome.Scopes[0].Organization);
    }

    [Fact]
    public async Task An_organization_is_named_by_system_and_id_or_by_our_own_id()
    {
        var own = Guid.NewGuid();
        var outcome = await Upload.Text(
            $"organization_id_system,organization_id,assessment_external_id,participant_key,item_code,level\n"
                + $"NCES,0530001,a-1,p-1,VIS.1,green\n,{own},a-1,p-1,VIS.1,green\n,5300001,a-1,p-1,VIS.1,green\n");

        Assert.Equal(new OrganizationReference("nces", "0530001", null), outcome.Scopes[0].Organization);
        Assert.Equal(new OrganizationReference(null, null, own), outcome.Scopes[1].Organization);
        Assert.Equal((ImportCodes.BadId, "organization_id", "5300001"),
            (outcome.TheOnlyIssue.Code, outcome.TheOnlyIssue.Column, outcome.TheOnlyIssue.Value));
    }

    [Fact]
    public async Task What_the_request_says_fills_what_the_file_leaves_out()
    {
        var organization = new OrganizationReference("nces", "5300001", null);
        var options = Upload.Long with { Defaults = new() { Organization = organization, Instrument = "plsr", Round = "2026 fall" } };
        var outcome = await Upload.Text("participant_key,item_code,level,round,window_opens\np-1,VIS.1,green,,2026-09-01\n"
            + "p-1,VIS.1,red,2027 spring,3/1/2027\n", options);

        Assert.Empty(outcome.Issues);
        Assert.Equal(new(organization, null, null, "plsr", null, "2026 fall", new(2026, 9, 1), null), outcome.Scopes[0]);
        Assert.Equal(new(organization, null, null, "plsr", null, "2027 spring", new(2027, 3, 1), null), outcome.Scopes[1]);
    }

    [Fact]
    public async Task Role_and_time_of_a_participant_are_kept()
    {
        var outcome = await Upload.Text(
            "assessment_external_id,participant_key,role,item_code,axis,level,rated_at\n"
                + "a-1,p-1,principal,VIS.1,status,green,2026-09-14T13:05:22Z\na-1,p-1,,VIS.1,priority,high,2026-09-14T06:05:23-07:00\n");

        Assert.Equal([new("a-1", "p-1", "VIS.1", "green", 1, "status"), new("a-1", "p-1", "VIS.1", "high", 1, "priority")], outcome.Cells);
        Assert.Equal(("principal", new DateTime(2026, 9, 14, 13, 5, 23, DateTimeKind.Utc), -1), outcome.People["p-1"]);
    }

    [Fact]
    public async Task Columns_that_the_sender_names_are_passed_over()
    {
        var text = "assessment_external_id,district name,participant_key,item_code,level\na-1,Elma,p-1,VIS.1,green\na-1,,p-2,VIS.1,red\n";

        Assert.Equal(Two, (await Upload.Text(text, Upload.Long with { IgnoredColumns = ["District Name"] })).Cells);
    }
}
