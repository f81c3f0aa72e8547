using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Results;

/// <summary>A frozen result by the standards of a framework, over HTTP.</summary>
public sealed class ResultLensTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_readiness_instrument_rated_once_is_seen_through_all_standards_of_the_catalog()
    {
        var (client, address) = await PlsrAsync();

        var ct = (await client.ReadAsync(address + "?lens=ct-2015"))["lens"]!;
        // Eight standards, each item aligned with one of them.
        Assert.Equal(["CUL", "LCO", "LEA", "RES", "DAT", "DES", "IMP", "OUT"], Codes(ct["coverage"]!["standards"]!));
        Assert.All(ct["coverage"]!["standards"]!.AsArray(), standard => Assert.Equal("direct", (string?)standard!["match"]));
        Assert.Equal((0, 0), ((int)ct["coverage"]!["notCoveredCount"]!, ct["coverage"]!["unmatchedItems"]!.AsArray().Count));
        // Cultural competence has one item: DES.5, on which six of six said yellow.
        var cul = ct["whole"]!.AsArray().Single(cell => (string?)cell!["standard"] == "CUL")!;
        Assert.Equal(("DES.5", 6, 1d, 0d), ((string?)cul["items"]![0], (int)cul["measures"]!["n"]!, (double)cul["measures"]!["mean"]!, (double)cul["measures"]!["favorableShare"]!));

        var lf = (await client.ReadAsync(address + "?lens=lf-2011"))["lens"]!["coverage"]!;
        var leadership = lf["standards"]!.AsArray().Single(standard => (string?)standard!["standard"] == "LEA")!;
        Assert.Equal("exact", (string?)leadership["match"]);
        Assert.Equal(
            ["isRelatedTo ct-2015/LEA", "exactMatchOf lf-2011/LEA"],
            leadership["items"]![0]!["path"]!.AsArray().Select(step => $"{step!["relation"]} {step["framework"]}/{step["standard"]}"));
        Assert.Equal("related", (string?)lf["standards"]!.AsArray().Single(standard => (string?)standard!["standard"] == "RES")!["match"]);

        var newer = (await client.ReadAsync(address + "?lens=lf-2022"))["lens"]!["coverage"]!;
        Assert.All(newer["standards"]!.AsArray(), standard => Assert.Equal("related", (string?)standard!["match"]));
        // Frames are no standards that could be covered.
        Assert.Empty(Codes(newer["notCovered"]!).Intersect(["RCL", "TPR", "CFS"]));
        Assert.Contains("LPR", Codes(newer["notCovered"]!));
    }

    [Fact]
    public async Task Figures_of_a_standard_are_those_of_its_items_in_the_same_frozen_result()
    {
        var (client, address) = await PlsrAsync();

        var read = await client.ReadAsync(address + "?lens=ct-2015");

        var items = read["result"]!["whole"]!["sections"]!.AsArray().SelectMany(section => section!["items"]!.AsArray())
            .ToDictionary(item => (string)item!["code"]!, item => item!["axes"]![0]!["measures"]!);
        Assert.All(read["lens"]!["whole"]!.AsArray(), cell =>
        {
            var parts = cell!["items"]!.AsArray().Select(item => items[(string)item!]).ToList();
            Assert.Equal(parts.Sum(part => (int)part["n"]!), (int)cell["measures"]!["n"]!);
            Assert.Equal(parts.Sum(part => (int)part["distribution"]![0]!["count"]!), (int)cell["measures"]!["distribution"]![0]!["count"]!);
        });
        var plain = await client.ReadAsync(address);
        Assert.Equal((plain["result"]!.ToJsonString(), (JsonNode?)null), (read["result"]!.ToJsonString(), plain["lens"]));
        // A revision by its number says the same.
        Assert.Equal(read["lens"]!.ToJsonString(), (await client.ReadAsync(address + "/1?lens=ct-2015"))["lens"]!.ToJsonString());
    }

    [Fact]
    public async Task The_table_says_the_same_as_json()
    {
        var (client, address) = await PlsrAsync();
        var cells = (await client.ReadAsync(address + "?lens=ct-2015"))["lens"]!["whole"]!.AsArray();

        using var request = new HttpRequestMessage(HttpMethod.Get, address + "?lens=ct-2015");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        using var response = await client.SendAsync(request, Ct);
        var lines = (await response.Content.ReadAsStringAsync(Ct)).TrimEnd().Split("\r\n");

        Assert.StartsWith("framework,role,standard,label,match,items,axis,scale,answered,n,mean,", lines[0], StringComparison.Ordinal);
        Assert.Equal(
            cells.Select(cell => $"{cell!["standard"]} {cell["measures"]!["n"]}"),
            lines.Skip(1).Select(line => line.Split(',')).Where(row => row[1].Length == 0).Select(row => $"{row[2]} {row[9]}"));
        Assert.All(lines.Skip(1), line => Assert.StartsWith("ct-2015,", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_lens_shows_has_a_tag_of_its_own_that_changes_with_the_framework()
    {
        var (tenant, client, address) = await AlignedAsync(("A.1", "mine/X"));
        var plain = await TagAsync(client, address);
        var before = await TagAsync(client, address + "?lens=mine");
        Assert.NotEqual(plain, before);

        await tenant.RenameAsync("mine/X", "X", "Another label");

        Assert.Equal(plain, await TagAsync(client, address));
        Assert.NotEqual(before, await TagAsync(client, address + "?lens=mine"));
    }

    [Fact]
    public async Task A_standard_whose_item_is_withheld_is_withheld_whatever_lens_somebody_makes()
    {
        // X has both items and Y the one that all answered: their difference would be the one that two answered.
        var (_, client, address) = await AlignedAsync(("A.1", "mine/X"), ("A.1", "mine/Y"), ("A.2", "mine/X"));

        var lens = (await client.ReadAsync(address + "?lens=mine"))["lens"]!;

        var x = lens["whole"]!.AsArray().Single(cell => (string?)cell!["standard"] == "X")!;
        Assert.Equal((true, "smallGroup"), ((bool)x["withheld"]!, (string?)x["reason"]));
        Assert.Null(x["measures"]);
    }

    [Fact]
    public async Task What_is_no_framework_is_not_found_and_a_name_that_none_can_have_is_a_fault()
    {
        var (client, address) = await PlsrAsync();

        await (await client.GetAsync(address + "?lens=nothing", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "framework.not_found");
        await (await client.GetAsync($"{address}?lens={new string('a', 41)}", Ct)).ExpectFaultAsync("?lens", "value.length");
        // Another tenant's framework is no framework.
        var other = await api.NewTenantAsync();
        await other.FrameworkAsync("theirs", "X");
        await (await client.GetAsync(address + "?lens=theirs", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "framework.not_found");
    }

    private static string[] Codes(JsonNode standards) => [.. standards.AsArray().Select(standard => (string)standard!["standard"]!)];

    private static async Task<string> TagAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(address, Ct);
        await response.ExpectAsync(HttpStatusCode.OK);
        return response.Headers.ETag!.Tag;
    }

    /// <summary>A closed assessment by the readiness instrument of the catalog: six people, all green but yellow on DES.5.</summary>
    private async Task<(HttpClient Client, string Address)> PlsrAsync()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var document = await client.ReadAsync("/v1/instruments/plsr/versions/1.0/document");
        var items = document["sections"]!.AsArray().SelectMany(section => section!["items"]!.AsArray()).Select(item => (string)item!["code"]!).ToList();
        var district = await client.CreateAsync("/v1/organizations", new { kind = "district", name = "Cedar" });
        var made = await client.CreateAsync(
            "/v1/assessments", new { organizationId = district.Id(), instrument = new { code = "plsr" }, round = "fall", mode = "anonymous", open = true });
        for (var i = 0; i < 6; i++)
            await client.CreateAsync($"/v1/assessments/{made.Id()}/responses", new { ratings = items.ToDictionary(item => item, item => item == "DES.5" ? "yellow" : "green") });
        return (client, await CloseAsync(client, made.Id()));
    }

    /// <summary>A closed assessment: six rated A.1 and two A.2, items that are aligned with standards of the tenant's framework.</summary>
    private async Task<(TestTenant Tenant, HttpClient Client, string Address)> AlignedAsync(params (string Item, string Standard)[] alignments)
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await tenant.FrameworkAsync("mine", "X", "Y");
        var document = TestInstruments.OneAxis();
        foreach (var item in document["sections"]!.AsArray().SelectMany(section => section!["items"]!.AsArray()))
        {
            var own = alignments.Where(one => one.Item == (string?)item!["code"]).Select(one => one.Standard.Split('/'));
            item!["alignments"] = new JsonArray([.. own.Select(one => (JsonNode)new JsonObject { ["framework"] = one[0], ["code"] = one[1], ["type"] = "isRelatedTo" })]);
        }

        await client.PublishAsync(document);
        var district = await client.CreateAsync("/v1/organizations", new { kind = "district", name = "Cedar" });
        var made = await client.CreateAsync(
            "/v1/assessments", new { organizationId = district.Id(), instrument = new { code = "pulse" }, round = "fall", mode = "anonymous", open = true });
        for (var i = 0; i < 6; i++)
        {
            await client.CreateAsync(
                $"/v1/assessments/{made.Id()}/responses",
                new { ratings = i < 2 ? new Dictionary<string, string> { ["A.1"] = "green", ["A.2"] = "yellow" } : new() { ["A.1"] = "green" } });
        }

        return (tenant, client, await CloseAsync(client, made.Id()));
    }

    private static async Task<string> CloseAsync(HttpClient client, Guid id)
    {
        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/assessments/{id}/close", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);
        return $"/v1/assessments/{id}/results";
    }
}
