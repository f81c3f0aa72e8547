using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Tests.Frameworks;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Rubrics;

/// <summary>Rubrics of CASE packages, in and out.</summary>
public sealed class RubricCaseTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_map_leaves_as_a_valid_package_and_is_the_same_map_where_it_is_imported()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var rubric = await client.AddMapAsync();

        var package = await client.ReadAsync("/v1/frameworks/cedar/package");
        var other = (await api.NewTenantAsync()).Everything();
        await other.ImportAsync(package, "?code=cedar");

        Assert.Empty(CaseSchema.FaultsOf("CFPackage", package));
        Assert.True(JsonNode.DeepEquals(rubric.Body(), (await other.ReadAsync($"/v1/rubrics/{rubric.Id()}")).Body()));
        Assert.Equal(0, (int)(await client.TakeAsync(package))["changeCount"]!);
        Assert.True(JsonNode.DeepEquals(package, await other.ReadAsync("/v1/frameworks/cedar/package")));
    }

    [Fact]
    public async Task A_package_with_another_rubric_is_another_state_of_the_framework()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var rubric = await client.AddMapAsync();
        using var before = await client.GetAsync("/v1/frameworks/cedar/package", TestContext.Current.CancellationToken);
        var body = rubric.Body();
        body["title"] = "Another title";

        await (await client.SendJsonAsync(HttpMethod.Put, $"/v1/rubrics/{rubric.Id()}", body, "*")).ExpectAsync(HttpStatusCode.OK);

        using var after = await client.GetAsync("/v1/frameworks/cedar/package", TestContext.Current.CancellationToken);
        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
        Assert.Equal("Another title", (string?)(await after.ExpectAsync(HttpStatusCode.OK))["CFRubrics"]![0]!["title"]);
    }

    [Fact]
    public async Task A_rubric_from_elsewhere_is_read_and_keeps_what_it_came_with_when_it_is_replaced()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var package = CasePackages.New("Elsewhere");
        var criterion = package["CFRubrics"]![0]!["CFRubricCriteria"]![0]!.AsObject();
        criterion["extensions"] = new JsonObject { ["vendor"] = "kept" };
        criterion["CFRubricCriterionLevels"] = new JsonArray(
            Level("Fair", 1, 3, "Is fair."), Level("Best", 4, 1, "Is best."), Level("Good", null, 2, null));
        await client.ImportAsync(package, "?code=elsewhere");
        var id = package["CFRubrics"]![0]!.Identifier();

        var rubric = await client.ReadAsync($"/v1/rubrics/{id}");

        Assert.Equal(("bestFirst", "EV.1", "Evidence", "EV"),
            ((string?)rubric["direction"], (string?)rubric["criteria"]![0]!["code"], (string?)rubric["roles"]![0], (string?)rubric["criteria"]![0]!["standard"]!["code"]));
        Assert.Equal([("Best", false), ("Good", true), ("Fair", false)], rubric["criteria"]![0]!["levels"]!.AsArray().Select(level => ((string)level!["label"]!, (bool)level["empty"]!)));

        var body = rubric.Body();
        (body["criteria"]![0]!["outcome"], body["criteria"]![0]!["levels"]![0]!["description"]) = ("Learns from evidence.", "Is the best.");
        await (await client.SendJsonAsync(HttpMethod.Put, $"/v1/rubrics/{id}", body, rubric.ETag())).ExpectAsync(HttpStatusCode.OK);

        var exported = (await client.ReadAsync("/v1/frameworks/elsewhere/package"))["CFRubrics"]![0]!;
        Assert.Empty(CaseSchema.FaultsOf("CFRubric", exported));
        var kept = exported["CFRubricCriteria"]![0]!;
        Assert.Equal((criterion.Identifier(), (string)criterion["uri"]!, "kept", "EV.1"), (kept.Identifier(), (string)kept["uri"]!, (string?)kept["extensions"]!["vendor"], (string?)kept["extensions"]!["plservice"]!["code"]));
        Assert.True(JsonNode.DeepEquals(criterion["CFItemURI"], kept["CFItemURI"]));
        var best = kept["CFRubricCriterionLevels"]!.AsArray().Single(level => (string?)level!["quality"] == "Best")!;
        Assert.Equal(("Is the best.", "green"), ((string?)best["description"], (string?)best["extensions"]![0]!["colour"]));
    }

    private static JsonObject Level(string quality, double? score, int position, string? description)
    {
        var level = CasePackages.With(CasePackages.Object("CFRubricCriterionLevels", Guid.NewGuid()), new { quality, position, extensions = new[] { new { colour = "green" } } });
        if (score is { } points)
            level["score"] = points;
        if (description is not null)
            level["description"] = description;
        return level;
    }
}
