using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Imports;

/// <summary>Rows with errors: each is named with line, column and value, and what happens to the others is for the sender to say.</summary>
public sealed class ImportRefusalTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("090003000199,pulse,r,p-1,A.1,green", "import.unknown_organization", "school_nces_id", "090003000199")]
    [InlineData("90003000101,pulse,r,p-1,A.1,green", "import.unknown_organization", "school_nces_id", "90003000101")]
    [InlineData("090003000101,nope,r,p-1,A.1,green", "import.unknown_instrument", "instrument", "nope")]
    [InlineData("090003000101,pulse,r,p-1,A.9,green", "import.unknown_item", "item_code", "A.9")]
    [InlineData("090003000101,pulse,r,p-1,A.1,purple", "import.unknown_level", "level", "purple")]
    [InlineData("090003000101,pulse,r,,A.1,green", "import.missing_value", "participant_key", "")]
    [InlineData("090003000101,pulse,r,p-1,A.1,", "import.missing_value", "level", "")]
    [InlineData("090003000101,pulse,r,p-1,A.1", "import.row_too_short", "level", "090003000101,pulse,r,p-1,A.1")]
    [InlineData("090003000101,pulse,r,KEY81,A.1,green", "import.cell_too_long", "participant_key", "KEY81")]
    [InlineData("090003000101,pulse,KEY61,p-1,A.1,green", "import.cell_too_long", "round", "KEY61")]
    public async Task A_wrong_row_is_named_and_the_right_ones_are_taken_if_wanted(string row, string code, string column, string value)
    {
        var world = await ImportWorld.MakeAsync(api);
        static string Long(string text) => text.Replace("KEY81", new string('k', 81), StringComparison.Ordinal).Replace("KEY61", new string('r', 61), StringComparison.Ordinal);
        var right = new Rating(ImportWorld.Birch, "p-2", "A.1", "green");
        var text = world.Csv([right]) + Long(row) + "\n";

        var refused = await world.Client.RefusedAsync(ImportWorld.Query, text, "import.rows_rejected");
        Assert.Empty(await world.StoredAsync());
        var taken = await world.Client.ReceiptAsync($"{ImportWorld.Query}&onError=skip", text);

        Assert.Equal([$"error {code} 3 {column} {Long(value)}".TrimEnd()], await world.Client.IssuesAsync(refused.Id()));
        Assert.Equal(("2=0+1", "2=1+1"), (refused["receipt"]!.AsObject().Records(), taken.Records()));
        Assert.Equal(("error", code, 1, 3), Group(taken["issues"]![0]!));
        await world.AssertStoredAsync([right]);

        static (string?, string?, int, int) Group(System.Text.Json.Nodes.JsonNode g) => ((string?)g["severity"], (string?)g["code"], (int)g["count"]!, (int)g["firstLine"]!);
    }

    [Fact]
    public async Task Assessments_that_cannot_be_found_or_are_closed_or_take_other_roles_or_another_instrument_are_named()
    {
        var world = await ImportWorld.MakeAsync(api);
        await world.Client.PublishAsync(TestInstruments.OneAxis("other"));
        foreach (var (external, school, open) in new[] { ("both", ImportWorld.Cedar, true), ("both", ImportWorld.Birch, true), ("draft", ImportWorld.Cedar, false), ("roles", ImportWorld.Cedar, true), ("closed", ImportWorld.Cedar, true) })
        {
            var made = await world.Client.CreateAsync("/v1/assessments", new
            {
                instrument = new { code = "pulse" },
                round = external,
                organization = new { system = "nces", value = school },
                externalId = external,
                open,
                roles = external == "roles" ? new[] { "teacher" } : null,
            });
            if (external == "closed")
                await (await world.Client.SendJsonAsync(HttpMethod.Post, $"/v1/assessments/{made.Id()}/close", ifMatch: made.ETag())).ExpectAsync(HttpStatusCode.OK);
        }

        var text = "assessment_external_id,instrument,participant_key,role,item_code,level\n"
            + "both,,p-1,,A.1,green\nnowhere,,p-1,,A.1,green\ndraft,,p-1,,A.1,green\nclosed,,p-1,,A.1,green\nroles,,p-1,coach,A.1,green\nroles,,p-2,teacher,A.1,green\nroles,other,p-3,teacher,A.1,green\n";
        var import = await world.Client.ImportAsync("kind=readinessRatings&onError=skip", text);

        Assert.Equal(
            [
                "error import.ambiguous_assessment 2 assessment_external_id both", "error import.unknown_assessment 3 assessment_external_id nowhere",
                "error import.closed_assessment 4 assessment_external_id draft", "error import.closed_assessment 5 assessment_external_id closed",
                "error import.unknown_role 6 role coach", "error import.other_instrument 8 instrument other",
            ],
            await world.Client.IssuesAsync(import.Id()));
        Assert.Equal("7=1+6", import["receipt"]!.AsObject().Records());
        await world.AssertStoredAsync([new(ImportWorld.Cedar, "p-2", "A.1", "green")]);
    }

    [Fact]
    public async Task Organizations_of_another_tenant_and_outside_the_subtree_are_unknown_and_imports_are_not_found_there()
    {
        var (world, stranger) = (await ImportWorld.MakeAsync(api), (await api.NewTenantAsync()).Everything());
        await stranger.PublishAsync(TestInstruments.OneAxis());
        var birch = world.Tenant.Within(world.Organizations[ImportWorld.Birch]);
        var text = world.Csv([new(ImportWorld.Cedar, "p-1", "A.1", "green")]);
        var byId = $"organization_id,instrument,round,participant_key,item_code,level\n{world.Organizations[ImportWorld.Cedar]},pulse,r,p-1,A.1,green\n";

        foreach (var client in new[] { stranger, birch })
        {
            foreach (var file in new[] { text, byId })
            {
                var refused = await client.RefusedAsync(ImportWorld.Query, file, "import.rows_rejected");
                Assert.StartsWith("error import.unknown_organization 2 ", Assert.Single(await client.IssuesAsync(refused.Id())), StringComparison.Ordinal);
            }
        }

        var mine = await world.Client.ImportAsync(ImportWorld.Query, text);
        foreach (var client in new[] { stranger, birch })
        {
            foreach (var path in new[] { "", "/issues", "/error-file" })
                await (await client.GetAsync($"/v1/imports/{mine.Id()}{path}", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "import.not_found");
            foreach (var path in new[] { "cancel", "undo" })
                await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/imports/{mine.Id()}/{path}")).ExpectProblemAsync(HttpStatusCode.NotFound, "import.not_found");
            Assert.DoesNotContain((await client.ReadAsync("/v1/imports"))["items"]!.AsArray(), i => (Guid)i!["id"]! == mine.Id());
        }

        await world.AssertStoredAsync([new(ImportWorld.Cedar, "p-1", "A.1", "green")]);
        using var content = new StringContent(text);
        await (await world.Tenant.Only("imports:read").SendFileAsync(ImportWorld.Query, content)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
    }

    [Fact]
    public async Task The_error_file_mended_and_sent_back_completes_the_import_and_its_formulas_are_guarded()
    {
        var world = await ImportWorld.MakeAsync(api);
        const string Head = $"{ImportWorld.Header},comment\n";
        var text = Head + $"{ImportWorld.Cedar},pulse,r,p-1,A.1,green,fine\n{ImportWorld.Cedar},pulse,r,p-1,A.2,purple,=HYPERLINK(1)\n{ImportWorld.Cedar},pulse,r,=p-2,A.1,red,-5\n{ImportWorld.Cedar},pulse,r,p-3,A.7,green,\n";
        var import = await world.Client.ImportAsync($"{ImportWorld.Query}&onError=skip", text);

        var guarded = await world.Client.GetAsync($"/v1/imports/{import.Id()}/error-file", Ct);
        var file = await guarded.Content.ReadAsStringAsync(Ct);
        var raw = await (await world.Client.GetAsync($"/v1/imports/{import.Id()}/error-file?raw=true", Ct)).Content.ReadAsStringAsync(Ct);

        Assert.Equal("text/csv", guarded.Content.Headers.ContentType!.MediaType);
        Assert.Equal(3, file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains(",purple,'=HYPERLINK(1),3,level,import.unknown_level,", file, StringComparison.Ordinal);
        Assert.Contains(",purple,=HYPERLINK(1),3,level,", raw, StringComparison.Ordinal);

        var mended = await world.Client.ReceiptAsync(ImportWorld.Query, file.Replace("purple", "yellow", StringComparison.Ordinal).Replace("A.7", "B.1", StringComparison.Ordinal));
        Assert.Equal("2=2+0", mended.Records());
        await world.AssertStoredAsync([
            new(ImportWorld.Cedar, "p-1", "A.1", "green"), new(ImportWorld.Cedar, "p-1", "A.2", "yellow"),
            new(ImportWorld.Cedar, "=p-2", "A.1", "red"), new(ImportWorld.Cedar, "p-3", "B.1", "green")]);
        var comments = await world.Tenant.StoredAsync(db => db.Responses.Where(r => r.ParticipantKey == "p-1").Select(r => r.Comments).SingleAsync(Ct));
        Assert.Contains("=HYPERLINK(1)", comments, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_rejected_row_says_leaves_no_trace_and_issues_are_paged()
    {
        var world = await ImportWorld.MakeAsync(api);
        var text = new StringBuilder($"{ImportWorld.Header},comment\n{ImportWorld.Cedar},pulse,r,p-1,A.1,green,kept\n{ImportWorld.Cedar},pulse,r,p-1,A.1,red,secret\n");
        for (var i = 0; i < 120; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{ImportWorld.Cedar},pulse,r,p-1,B.{i + 2},red,secret\n");

        var import = await world.Client.ImportAsync($"{ImportWorld.Query}&onError=skip", text.ToString());

        Assert.Equal("122=1+121", import["receipt"]!.AsObject().Records());
        Assert.Equal("{\"A.1\": \"kept\"}", await world.Tenant.StoredAsync(db => db.Responses.Select(r => r.Comments).SingleAsync(Ct)));
        var (numbers, next) = (new List<int>(), $"/v1/imports/{import.Id()}/issues?limit=50&count=true");
        while (next is not null)
        {
            var page = await world.Client.ReadAsync(next);
            Assert.Equal(122, (int)page["count"]!);
            numbers.AddRange(page["items"]!.AsArray().Select(i => (int)i!["number"]!));
            next = (string?)page["nextCursor"] is { } cursor ? $"/v1/imports/{import.Id()}/issues?limit=50&count=true&cursor={cursor}" : null;
        }

        // The conflicting row is wrong in two columns.
        Assert.Equal(Enumerable.Range(1, 122), numbers);
    }

    [Fact]
    public async Task Unusual_values_are_taken_only_when_they_are_accepted()
    {
        var world = await ImportWorld.MakeAsync(api);
        var ratings = (from p in Enumerable.Range(0, 6) from item in world.Items select new Rating(ImportWorld.Cedar, $"p-{p}", item, "green")).ToList();

        var refused = await world.Client.RefusedAsync(ImportWorld.Query, world.Csv(ratings), "import.warnings_not_accepted");
        Assert.Empty(await world.StoredAsync());
        Assert.Equal(0, await world.Tenant.StoredAsync(db => db.Assessments.CountAsync(Ct)));
        var accepted = await world.Client.ReceiptAsync($"{ImportWorld.Query}&acceptWarnings=true", world.Csv(ratings));

        Assert.StartsWith("warning import.atypical_identical", Assert.Single(await world.Client.IssuesAsync(refused.Id())), StringComparison.Ordinal);
        Assert.Equal(("18=0+0", "0/0/0"), (refused["receipt"]!.AsObject().Records(), refused["receipt"]!.AsObject().Of("responses")));
        Assert.Equal("6/0/0", accepted.Of("responses"));
        await world.AssertStoredAsync(ratings);
    }
}
