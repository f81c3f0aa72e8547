using System.Text;
using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Tests.Imports.Reading;

public sealed class FileFaultTests
{
    private const string Row = "5300001,a-1,p-1,VIS.1,green,,\n";

    public static TheoryData<string, byte[], string, string> NotText => new()
    {
        { "xlsx", [0x50, 0x4b, 0x03, 0x04, 0x14, 0, 6, 0, 8, 0, 0, 0], ImportCodes.NotCsv, ".xlsx" },
        { "xls", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0], ImportCodes.NotCsv, ".xls" },
        { "pdf", "%PDF-1.7\n%"u8.ToArray(), ImportCodes.NotCsv, "PDF" },
        { "html", "\uFEFF\r\n<!DOCTYPE html><html><body>Sign in"u8.ToArray(), ImportCodes.NotCsv, "web page" },
        { "xml", "<?xml version=\"1.0\"?><a/>"u8.ToArray(), ImportCodes.NotCsv, "XML" },
        { "json", "{\"participantKey\":\"p-1\"}\n"u8.ToArray(), ImportCodes.NotCsv, "x-ndjson" },
        { "json array", "[\n {\"participantKey\":\"p-1\"}]"u8.ToArray(), ImportCodes.NotCsv, "array" },
        { "gzip twice", Upload.Gzip(Upload.Gzip("a,b\n"u8.ToArray())), ImportCodes.NotCsv, "gzip within gzip" },
        { "binary", [0x41, 0x42, 0x0a, 0x01, 0x02, 0x43], ImportCodes.NotCsv, "control character" },
        { "prose", "Dear colleagues\nplease find our ratings below.\n"u8.ToArray(), ImportCodes.NotCsv, "no comma" },
        { "old Macintosh", Encoding.UTF8.GetBytes($"{Upload.LongHeader}\r{Row}".Replace('\n', '\r')), ImportCodes.NotCsv, "CR alone" },
        { "empty", [], ImportCodes.Empty, "empty" },
        { "only blanks", "\uFEFF \r\n\n"u8.ToArray(), ImportCodes.Empty, "empty" },
        { "only a header", Encoding.UTF8.GetBytes(Upload.LongHeader), ImportCodes.Empty, "no record" },
        { "header and blank rows", Encoding.UTF8.GetBytes($"{Upload.LongHeader}\n,,,,,,\n"), ImportCodes.Empty, "no record" },
        { "UTF-16 with mark", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes($"{Upload.LongHeader}\n{Row}")).ToArray(),
            ImportCodes.Encoding, "UTF-16" },
        { "UTF-16 big-endian without mark", Encoding.BigEndianUnicode.GetBytes($"{Upload.LongHeader}\n{Row}"), ImportCodes.Encoding,
            "UTF-16" },
        { "UTF-32", Encoding.UTF32.GetPreamble().Concat(Encoding.UTF32.GetBytes($"{Upload.LongHeader}\n{Row}")).ToArray(),
            ImportCodes.Encoding, "UTF-32" },
        { "Latin-1 in the header", Encoding.Latin1.GetBytes("évaluation,level\n"), ImportCodes.Encoding, "0xE9" },
        { "NUL in the header", Encoding.UTF8.GetBytes($"{Upload.LongHeader}\0\n{Row}"), ImportCodes.NulByte, "NUL" },
        { "quote in the header", Encoding.UTF8.GetBytes($"\"level\"x,item_code,participant_key,assessment_external_id\n"),
            ImportCodes.BadQuote, "header" },
        { "half a gzip", Upload.Gzip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i * 7919},"))))[..3000],
            ImportCodes.Gzip, "breaks off" },
    };

    [Theory]
    [MemberData(nameof(NotText))]
    public async Task A_file_that_is_not_what_it_should_be_is_refused_and_named(string what, byte[] bytes, string code, string detail)
    {
        var outcome = await Upload.Bytes(bytes);

        Assert.Equal((what, code), (what, outcome.TheOnlyFileFault.Code));
        Assert.Contains(detail, outcome.TheOnlyFileFault.Detail, StringComparison.Ordinal);
        Assert.Empty(outcome.Cells);
    }

    [Fact]
    public async Task An_unknown_column_is_named_with_the_nearest_known_one_and_all_accepted()
    {
        var outcome = await Upload.Text("assessment_external_id,particpant_key,item_code,level,colour\na-1,p-1,VIS.1,green,x\n");

        Assert.Equal(
            [(ImportCodes.UnknownColumn, "particpant_key"), (ImportCodes.UnknownColumn, "colour"),
                (ImportCodes.MissingColumn, "participant_key")],
            outcome.FileFaults.Select(fault => (fault.Code, fault.Column)));
        Assert.All(outcome.FileFaults, fault => Assert.Equal((1L, 0L), (fault.Line, fault.Record)));
        Assert.Contains("Did you mean \"participant_key\"?", outcome.FileFaults[0].Detail, StringComparison.Ordinal);
        Assert.Contains("Accepted: organization_id_system, ", outcome.FileFaults[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_missing_column_is_named()
    {
        var outcome = await Upload.Text("rated_at,comment\n,\n");

        Assert.Equal(["assessment_external_id", "participant_key", "item_code", "level"], outcome.FileFaults.Select(fault => fault.Column));
        Assert.All(outcome.FileFaults, fault => Assert.Equal(ImportCodes.MissingColumn, fault.Code));
    }

    [Theory]
    [InlineData("level", "level")]
    [InlineData("level", "Rating")]
    [InlineData("district_nces_id", "school_nces_id")]
    public async Task Two_columns_for_the_same_are_refused(string first, string second)
    {
        var outcome = await Upload.Text($"assessment_external_id,participant_key,item_code,{first},{second}{(first == "level" ? "" : ",level")}\n");

        Assert.Equal((ImportCodes.DuplicateColumn, second), (outcome.TheOnlyFileFault.Code, outcome.TheOnlyFileFault.Column));
    }

    [Fact]
    public async Task A_column_without_a_name_is_refused()
    {
        var outcome = await Upload.Text("assessment_external_id,participant_key,item_code,level,\na-1,p-1,VIS.1,green,\n");

        Assert.Equal(ImportCodes.UnknownColumn, outcome.TheOnlyFileFault.Code);
        Assert.Contains("Column 5 has no name", outcome.TheOnlyFileFault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_system_that_nobody_uses_is_an_unknown_column()
    {
        var outcome = await Upload.Text("district_ncse_id,assessment_external_id,participant_key,item_code,level\n",
            Upload.Long with { KnownIdSystems = ["nces", "state"] });

        Assert.Equal((ImportCodes.UnknownColumn, "district_ncse_id"), (outcome.TheOnlyFileFault.Code, outcome.TheOnlyFileFault.Column));
        Assert.Contains("\"district_nces_id\"", outcome.TheOnlyFileFault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_of_another_encoding_are_found_on_their_line_and_column()
    {
        var bytes = Encoding.Latin1.GetBytes($"{Upload.LongHeader}\n{Row}5300001,a-1,p-2,VIS.1,green,,\"deux\nannées\"\n");

        var fault = (await Upload.Bytes(bytes)).TheOnlyFileFault;

        Assert.Equal((ImportCodes.Encoding, 4L, 2L, "comment"), (fault.Code, fault.Line, fault.Record, fault.Column));
        Assert.Contains("0xE9", fault.Detail, StringComparison.Ordinal);
        Assert.Contains("années", fault.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_is_found_where_it_opens()
    {
        var fault = (await Upload.Text($"{Upload.LongHeader}\n{Row}5300001,a-1,p-2,VIS.1,green,,\"open\n{Row}{Row}")).TheOnlyFileFault;

        Assert.Equal((ImportCodes.UnclosedQuote, 3L, 2L), (fault.Code, fault.Line, fault.Record));
        Assert.StartsWith("5300001,a-1,p-2", fault.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_of_a_million_columns_is_refused()
    {
        var fault = (await Upload.Text("assessment_external_id," + new string(',', 1_000_000) + "\n")).TheOnlyFileFault;

        Assert.Equal((ImportCodes.TooManyColumns, 1L), (fault.Code, fault.Line));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(5)]
    [InlineData(4)]
    [InlineData(1)]
    public async Task Compressed_data_that_breaks_off_is_refused(int missing)
    {
        var fault = (await Upload.Bytes(Upload.Gzip(Encoding.UTF8.GetBytes($"{Upload.LongHeader}\n{Row}"))[..^missing])).TheOnlyFileFault;

        Assert.Equal(ImportCodes.Gzip, fault.Code);
    }

    [Fact]
    public async Task Damaged_compression_and_a_wrong_Content_Encoding_are_refused()
    {
        var text = Encoding.UTF8.GetBytes($"{Upload.LongHeader}\n{Row}");
        var damaged = Upload.Gzip(text);
        damaged[^6] ^= 0xff;

        Assert.Equal(ImportCodes.Gzip, (await Upload.Bytes(damaged)).TheOnlyFileFault.Code);
        Assert.Equal(ImportCodes.Gzip, (await Upload.Bytes(text, Upload.Long with { ContentEncoding = "gzip" })).TheOnlyFileFault.Code);
        Assert.Equal(ImportCodes.Gzip, (await Upload.Bytes(text, Upload.Long with { ContentEncoding = "br" })).TheOnlyFileFault.Code);
    }

    [Fact]
    public async Task A_Qualtrics_export_with_three_header_rows_is_refused_with_the_remedy()
    {
        var fault = (await Upload.Text(
            "StartDate,ResponseId,VIS.1\nStart Date,Response ID,A written "
                + "vision\n\"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\"\n2026-09-14 10:00:00,R_1,green\n",
            Upload.Wide)).TheOnlyFileFault;

        Assert.Equal((ImportCodes.ExtraHeaderRows, 3L), (fault.Code, fault.Line));
    }
}
