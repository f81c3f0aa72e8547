using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Frameworks;

public sealed class CopyFrameworkTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_copy_has_its_own_identifiers_the_same_tree_and_an_exact_match_for_each_original()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var code = $"s{Guid.NewGuid():N}"[..12];
        var shipped = await api.AddToCatalogAsync(code);

        var copy = await client.CreateAsync($"/v1/frameworks/{code}/copy", new { code = "mine", title = "Ours" });

        Assert.Equal(("draft", "Ours", shipped.Framework), ((string?)copy["status"], (string?)copy["title"], (Guid)copy["derivedFrom"]!["id"]!));
        Assert.Equal((2, 4), ((int)copy["counts"]!["standards"]!, (int)copy["counts"]!["associations"]!));
        Assert.Equal(["A", "-B"], await client.TreeAsync("mine"));
        var rows = await tenant.StoredAsync(db => db.Standards.Where(s => s.TenantId == tenant.Id).OrderBy(s => s.Position).ToListAsync());
        Assert.DoesNotContain(rows, s => s.Id == shipped.A || s.Id == shipped.B);
        Assert.All(rows, s => Assert.Equal(
            (s.Id.ToString(), $"plservice:/CFItems/{s.Id}", s.Statement),
            (CaseObject.Read(s.Body).Text("identifier"), CaseObject.Read(s.Body).Text("uri"), CaseObject.Read(s.Body).Text("fullStatement"))));
        var links = await tenant.StoredAsync(db => db.StandardAssociations.Where(a => a.TenantId == tenant.Id).OrderBy(a => a.Position).ToListAsync());
        Assert.Equal(
            [(rows[0].Id, copy.Id()), (rows[1].Id, rows[0].Id), (rows[0].Id, shipped.A), (rows[1].Id, shipped.B)],
            links.Select(a => (a.OriginId!.Value, a.DestinationId!.Value)));
        Assert.Equal([AssociationTypes.IsChildOf, AssociationTypes.IsChildOf, AssociationTypes.ExactMatchOf, AssociationTypes.ExactMatchOf], links.Select(a => a.Type));
        Assert.All(links, a => Assert.Equal(
            (a.Id.ToString(), a.Type, a.OriginId.ToString(), a.DestinationId.ToString()),
            (CaseObject.Read(a.Body).Text("identifier"), CaseObject.Read(a.Body).Text("associationType"), CaseObject.Read(a.Body).Link("originNodeURI")!.Identifier,
                CaseObject.Read(a.Body).Link("destinationNodeURI")!.Identifier)));
        Assert.Equal("framework.copied", (await tenant.StoredAsync(db => db.AuditEvents.SingleAsync())).Action);
        Assert.Equal("A", (string?)(await client.ReadAsync($"/v1/crosswalks/mine/{code}"))["items"]![0]!["matches"]![0]!["standard"]!["code"]);
    }

    [Fact]
    public async Task Definitions_and_rubrics_are_copied_and_criteria_lead_to_the_copied_standards()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var source = await client.CreateAsync("/v1/frameworks", new { code = "src", title = "T", creator = "C", licence = new { title = "L", text = "Words." } });
        var standard = await client.AddStandardAsync("src", "A");
        var body = new JsonObject
        {
            ["identifier"] = Guid.NewGuid().ToString(),
            ["CFRubricCriteria"] = new JsonArray(new JsonObject
            {
                ["identifier"] = Guid.NewGuid().ToString(),
                ["CFItemURI"] = new JsonObject { ["identifier"] = standard.Id().ToString(), ["uri"] = "x", ["title"] = "A" },
                ["rubricId"] = "old",
                ["CFRubricCriterionLevels"] = new JsonArray(new JsonObject { ["identifier"] = "old", ["quality"] = "Best" }),
            }),
        };
        await tenant.StoredAsync(async db =>
        {
            db.Add(Rubric.Create(Guid.NewGuid(), source.Id(), 0, "R", body.ToJsonString()));
            return await db.SaveChangesAsync();
        });

        var copy = await client.CreateAsync("/v1/frameworks/src/copy", new { code = "dst", title = "Copy" });

        Assert.Equal("Words.", (string?)copy["licence"]!["text"]);
        var rubric = JsonNode.Parse((await tenant.StoredAsync(db => db.Rubrics.SingleAsync(r => r.FrameworkId == copy.Id()))).Body)!;
        var copied = await tenant.StoredAsync(db => db.Standards.SingleAsync(s => s.FrameworkId == copy.Id()));
        var criterion = rubric["CFRubricCriteria"]![0]!;
        Assert.Equal(copied.Id, (Guid)criterion["CFItemURI"]!["identifier"]!);
        Assert.Equal((string?)rubric["identifier"], (string?)criterion["rubricId"]);
        Assert.Equal("Best", (string?)criterion["CFRubricCriterionLevels"]![0]!["quality"]);
        Assert.NotEqual("old", (string?)criterion["CFRubricCriterionLevels"]![0]!["identifier"]);
    }

    [Fact]
    public async Task A_code_that_is_taken_and_a_framework_that_is_not_there_are_refused()
    {
        var client = (await api.NewTenantAsync()).Everything();
        await client.AddFrameworkAsync();

        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/frameworks/cedar/copy", new { code = "cedar", title = "T" })).ExpectProblemAsync(HttpStatusCode.Conflict, FrameworkErrors.CodeTaken.Code);
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/frameworks/nothing/copy", new { code = "other", title = "T" })).ExpectProblemAsync(HttpStatusCode.NotFound, "framework.not_found");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/frameworks/cedar/copy", new { code = "X", title = "" })).ExpectFaultAsync("/code", "value.pattern");
    }
}
