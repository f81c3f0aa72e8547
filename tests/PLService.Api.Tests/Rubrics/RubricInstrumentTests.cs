using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks.Rubrics;
using PLService.Api.Domain.Instruments;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Rubrics;

/// <summary>A rubric used as an instrument.</summary>
public sealed class RubricInstrumentTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_map_becomes_a_draft_with_a_section_per_standard_and_an_item_per_criterion()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var rubric = await client.AddMapAsync();

        using var answer = await client.SendJsonAsync(HttpMethod.Post, $"/v1/rubrics/{rubric.Id()}/instrument", new { code = "cedar-map", version = "1.0" });

        var made = await answer.ExpectAsync(HttpStatusCode.Created);
        Assert.Equal("/v1/instruments/cedar-map/versions/1.0", answer.Headers.Location?.ToString());
        Assert.Equal((11, 44, 1, "draft"), ((int)made["sections"]!, (int)made["items"]!, (int)made["scales"]!, (string?)made["status"]));
        var document = await client.ReadAsync("/v1/instruments/cedar-map/versions/1.0/document");
        Assert.Empty(InstrumentCheck.Check(InstrumentJson.Read(document.ToJsonString())));
        Assert.Equal(("bestFirst", "Innovation configuration map"), ((string?)document["scales"]![0]!["direction"], (string?)document["title"]!["en"]));
        Assert.Equal([("level-1", 4d, true), ("level-2", 3d, true), ("level-3", 2d, false), ("level-4", 1d, false)],
            document["scales"]![0]!["levels"]!.AsArray().Select(level => ((string)level!["code"]!, (double)level["score"]!, (bool)level["favorable"]!)));
        Assert.Equal(TestRubrics.Standards, document["sections"]!.AsArray().Select(section => (string?)section!["code"]));
        var item = document["sections"]![5]!["items"]![0]!;
        Assert.Equal(("LD.1", "Principal: outcome of LD.", "principal"), ((string?)item["code"], (string?)item["text"]!["en"], (string?)item["role"]));
        Assert.Equal(["level-3"], item["emptyLevels"]!["status"]!.AsArray().Select(level => (string?)level));
        Assert.Equal(["level-1", "level-2", "level-4"], item["descriptors"]!["status"]!.AsObject().Select(level => level.Key));
        Assert.Equal("Principal at level 2 of LD.", (string?)item["descriptors"]!["status"]!["level-2"]!["en"]);
        Assert.Equal(("cedar", "LD", "isRelatedTo"), ((string?)item["alignments"]![0]!["framework"], (string?)item["alignments"]![0]!["code"], (string?)item["alignments"]![0]!["type"]));
        // Whoever reads the standard's page sees the instrument.
        Assert.Equal(44, await tenant.StoredAsync(db => db.StandardReferences.CountAsync(r => r.FrameworkCode == "cedar")));
    }

    [Fact]
    public async Task It_is_published_rated_and_closed_with_a_result_that_the_standards_can_be_seen_in()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var rubric = await client.AddMapAsync();
        var made = await client.CreateAsync($"/v1/rubrics/{rubric.Id()}/instrument", new { code = "cedar-map", version = "1.0" });
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/instruments/cedar-map/versions/1.0/publish", ifMatch: made.ETag())).ExpectAsync(HttpStatusCode.OK);
        var district = await client.CreateAsync("/v1/organizations", new { kind = "district", name = "Cedar" });
        var created = await client.CreateAsync("/v1/assessments", new { organizationId = district.Id(), instrument = new { code = "cedar-map" }, round = "2026-fall", mode = "named", open = true });
        var assessment = new TestAssessment(tenant, client, district.Id(), district.Id(), created);

        for (var i = 0; i < 6; i++)
            await assessment.RespondAsync($"p{i}", null, ("LD.1", i < 4 ? "level-1" : "level-4"), ("EP.2", "Level 2"));
        // The empty cell is not offered.
        await (await client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/responses", new { participantKey = "x", ratings = new Dictionary<string, string> { ["LD.1"] = "level-3" } }))
            .ExpectProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
        await assessment.CloseAsync();

        var read = await client.ReadAsync(assessment.Address + "/results?lens=cedar");
        var items = read["result"]!["whole"]!["sections"]!.AsArray().SelectMany(section => section!["items"]!.AsArray()).ToDictionary(item => (string)item!["code"]!, item => item!["axes"]![0]!["measures"]!);
        // Four times 4 points and twice 1.
        Assert.Equal((6, 3d), ((int)items["LD.1"]["n"]!, (double)items["LD.1"]["mean"]!));
        Assert.Equal([4, 0, 0, 2], items["LD.1"]["distribution"]!.AsArray().Select(level => (int)level!["count"]!));
        Assert.Equal((3d, 1d), ((double)items["EP.2"]["mean"]!, (double)items["EP.2"]["favorableShare"]!));
        Assert.Equal(TestRubrics.Standards, read["lens"]!["coverage"]!["standards"]!.AsArray().Select(standard => (string?)standard!["standard"]));
    }

    [Fact]
    public async Task Sections_may_be_the_roles_and_other_levels_get_a_scale_of_their_own()
    {
        var client = (await api.NewTenantAsync()).Everything();
        await client.MapFrameworkAsync();
        var map = TestRubrics.Map();
        map["criteria"]![0]!["levels"] = JsonNode.Parse("""[{"label":"In place","description":"a","score":2},{"label":"Partly","description":"b","score":1},{"label":"Not yet","description":"c","score":0}]""");
        // Two of the four levels of the others.
        map["criteria"]![1]!["levels"] = JsonNode.Parse("""[{"label":"Level 1","description":"a"},{"label":"Level 4","description":"b"}]""");
        map["criteria"]![2]!.AsObject().Remove("role");
        var rubric = await client.CreateAsync("/v1/rubrics", map);

        var made = await client.CreateAsync($"/v1/rubrics/{rubric.Id()}/instrument", new { code = "cedar-map", version = "2.0", title = "By role", sections = "role" });

        Assert.Equal((5, 2), ((int)made["sections"]!, (int)made["scales"]!));
        var document = await client.ReadAsync("/v1/instruments/cedar-map/versions/2.0/document");
        Assert.Equal(["principal", "coach", "system-central-office", "external-partner", "OTHER"], document["sections"]!.AsArray().Select(section => (string?)section!["code"]));
        Assert.Equal(("levels-2", "By role"), ((string?)document["axes"]![0]!["scale"], (string?)document["title"]!["en"]));
        var items = document["sections"]![0]!["items"]!.AsArray();
        Assert.Equal("levels-1", (string?)items[0]!["scales"]!["status"]);
        Assert.Equal([2, 1, 0], document["scales"]![0]!["levels"]!.AsArray().Select(level => (int)level!["score"]!));
        Assert.Equal(["level-2", "level-3"], items[1]!["emptyLevels"]!["status"]!.AsArray().Select(level => (string?)level));
    }

    [Fact]
    public async Task Codes_that_are_taken_or_none_and_rubrics_that_cannot_be_rated_are_refused()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var rubric = await client.AddMapAsync();
        var address = $"/v1/rubrics/{rubric.Id()}/instrument";
        await client.CreateAsync(address, new { code = "cedar-map", version = "1.0" });

        await (await client.SendJsonAsync(HttpMethod.Post, address, new { code = "cedar-map", version = "1.0" })).ExpectProblemAsync(HttpStatusCode.Conflict, InstrumentErrors.LabelTaken.Code);
        await (await client.SendJsonAsync(HttpMethod.Post, address, new { code = "plsr", version = "9.0" })).ExpectProblemAsync(HttpStatusCode.Conflict, InstrumentErrors.IsCatalog.Code);
        await (await client.SendJsonAsync(HttpMethod.Post, address, new { code = "A B", version = "1.0" })).ExpectFaultAsync("/code", "instrument.format");
        await (await client.SendJsonAsync(HttpMethod.Post, address, new { code = "", version = "1.0" })).ExpectFaultAsync("/code", "value.required");
        await (await client.SendJsonAsync(HttpMethod.Post, address, new { code = "ok", version = "1 0" })).ExpectFaultAsync("/version", "instrument.format");

        // One level alone is nothing to choose from.
        var package = Frameworks.CasePackages.New("Elsewhere");
        await Frameworks.CasePackages.ImportAsync(client, package);
        var refused = await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/rubrics/{Frameworks.CasePackages.Identifier(package["CFRubrics"]![0]!)}/instrument", new { code = "other", version = "1.0" }))
            .ExpectProblemAsync(HttpStatusCode.Conflict, RubricErrors.NotUsable.Code);
        Assert.Contains(refused["errors"]!.AsArray(), error => (string?)error!["pointer"] == "/scales/0/levels");
        using var missing = await client.GetAsync("/v1/instruments/other", Ct);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }
}
