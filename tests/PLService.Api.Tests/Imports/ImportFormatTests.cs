using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Tests.Imports.Reading;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Imports;

/// <summary>The forms in which ratings come: long and wide, CSV and NDJSON, plain and compressed, with and without what the query says.</summary>
public sealed class ImportFormatTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Defaults = $"createAssessments=true&instrument=pulse&round=2026-fall&organizationIdSystem=nces&organizationIdValue={ImportWorld.Cedar}";

    private static readonly List<Rating> Two = [new(ImportWorld.Cedar, "p-1", "A.1", "green"), new(ImportWorld.Cedar, "p-2", "B.1", "red")];

    [Fact]
    public async Task The_query_says_once_what_the_rows_leave_out()
    {
        var world = await ImportWorld.MakeAsync(api);

        await world.Client.ReceiptAsync($"kind=readinessRatings&{Defaults}", "participant_key,item_code,level\np-1,A.1,green\np-2,B.1,red\n");

        await world.AssertStoredAsync(Two);
    }

    [Fact]
    public async Task The_wide_export_of_a_form_tool_is_taken_as_it_is()
    {
        var world = await ImportWorld.MakeAsync(api);
        const string Export =
            "\"Timestamp\",\"Username\",\"What is your role?\",\"First part [A.1 a1, in writing]\",\"First part [A.2 a2]\",\"Second part [B.1]\"\r\n"
            + "\"2026/09/14 1:05:22 PM EST\",\"p-1\",\"Teacher\",\"In place\",\"\",\"\"\r\n"
            + "\"2026/09/14 1:06:00 PM EST\",\"p-2\",\"Coach\",\"\",\"\",\"Not yet\"\r\n";

        var receipt = await world.Client.ReceiptAsync($"kind=readinessWide&{Defaults}", Export);

        Assert.Equal(("2=2+0", "2/0/0"), (receipt.Records(), receipt.Of("ratings")));
        await world.AssertStoredAsync(Two);
        Assert.Equal(
            ["Coach 2026-09-14T18:06:00", "Teacher 2026-09-14T18:05:22"],
            (await world.Tenant.StoredAsync(db => db.Responses.OrderBy(r => r.Role).ToListAsync()))
                .Select(r => $"{r.Role} {r.RatedAt!.Value.UtcDateTime.ToString("s", CultureInfo.InvariantCulture)}"));
    }

    [Fact]
    public async Task An_export_without_keys_makes_a_participant_of_each_row_and_the_time_zone_counts()
    {
        var world = await ImportWorld.MakeAsync(api);
        const string Export = "Timestamp,A.1,A.1.comment,comment\n9/14/2026 13:05:22,green,short of time,all well\n9/14/2026 13:05:22,green,,\n";

        await world.Client.ReceiptAsync($"kind=readinessWide&{Defaults}&generateParticipantKeys=true&timeZone=America/Los_Angeles", Export);

        var stored = await world.Tenant.StoredAsync(db => db.Responses.OrderBy(r => r.ParticipantKey).ToListAsync());
        Assert.Equal(2, stored.Count);
        Assert.All(stored, r => Assert.Equal(new DateTime(2026, 9, 14, 20, 5, 22, DateTimeKind.Utc), r.RatedAt!.Value.UtcDateTime));
        Assert.Contains("short of time", stored[0].Comments, StringComparison.Ordinal);
        Assert.Contains("all well", stored[0].Comments, StringComparison.Ordinal);
        Assert.Null(stored[1].Comments);
    }

    [Fact]
    public async Task Gzip_is_taken_with_and_without_its_header()
    {
        var world = await ImportWorld.MakeAsync(api);
        var bytes = Upload.Gzip(System.Text.Encoding.UTF8.GetBytes(world.Csv(Two)));

        var named = await world.Client.ImportAsync(ImportWorld.Query, bytes, gzip: true);
        var sniffed = await world.Client.ImportAsync(ImportWorld.Query, bytes);

        Assert.Equal(("2/0/0", "0/0/2"), (named["receipt"]!.AsObject().Of("ratings"), sniffed["receipt"]!.AsObject().Of("ratings")));
        Assert.Equal(bytes.Length, (int)named["sizeBytes"]!);
        await world.AssertStoredAsync(Two);
    }

    [Fact]
    public async Task NDJSON_is_taken_long_and_wide()
    {
        var world = await ImportWorld.MakeAsync(api);
        const string Long = "{\"participantKey\":\"p-1\",\"itemCode\":\"A.1\",\"level\":\"green\",\"comment\":\"weekly\"}\n";
        const string Wide = "{\"participantKey\":\"p-2\",\"ratings\":{\"B.1\":\"red\"},\"comments\":{\"B.1\":\"not yet\"}}\n";

        await world.Client.ReceiptAsync($"kind=readinessRatings&{Defaults}", Long, "application/x-ndjson");
        await world.Client.ReceiptAsync($"kind=readinessWide&{Defaults}", Wide, "application/x-ndjson");

        await world.AssertStoredAsync(Two);
        Assert.Equal(
            ["{\"A.1\": \"weekly\"}", "{\"B.1\": \"not yet\"}"],
            await world.Tenant.StoredAsync(db => db.Responses.OrderBy(r => r.ParticipantKey).Select(r => r.Comments).ToListAsync()));
    }

    [Theory]
    [InlineData("\uFEFFparticipant_key;item_code;level\r\np-1;A.1;green\r\np-2;B.1;red\r\n")]
    [InlineData("participant_key\titem_code\tlevel\np-1\tA.1\tgreen\np-2\tB.1\tred")]
    [InlineData("\"participant_key\",\"item_code\",\"level\",\"comment\"\n\"p-1\",\"A.1\",\"green\",\"two\nlines\"\n\"p-2\",\"B.1\",\"2\",\"\"\n")]
    public async Task Separators_quotes_and_line_ends_are_found(string text)
    {
        var world = await ImportWorld.MakeAsync(api);

        await world.Client.ReceiptAsync($"kind=readinessRatings&{Defaults}", text.Replace("\"2\"", "\"Not yet\"", StringComparison.Ordinal));

        await world.AssertStoredAsync(Two);
    }

    [Fact]
    public async Task A_row_that_only_comments_is_kept()
    {
        var world = await ImportWorld.MakeAsync(api);

        var receipt = await world.Client.ReceiptAsync($"kind=readinessWide&{Defaults}", "participant_key,A.1,comment\np-1,,well done\np-2,green,\n");

        Assert.Equal(("2=2+0", "2/0/0", "1/0/0"), (receipt.Records(), receipt.Of("responses"), receipt.Of("ratings")));
        Assert.Equal(["{\"\": \"well done\"}"], await world.Tenant.StoredAsync(db => db.Responses.Where(r => r.ParticipantKey == "p-1").Select(r => r.Comments).ToListAsync()));
    }
}
