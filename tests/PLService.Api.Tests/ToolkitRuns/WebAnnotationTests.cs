using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.ToolkitRuns;

/// <summary>Marks go out and come in as the W3C Web Annotation Data Model has them.</summary>
public sealed class WebAnnotationTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Guidance = "Professional learning 📚 is every educator's right. It is planned with care. Every learner gains.";
    private const string LinkedData = "application/ld+json";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_go_out_as_a_collection_with_its_first_page_and_then_as_pages()
    {
        var team = await api.NewTeamAsync();
        var text = await team.AsAda.BringInAsync(team.Reading, Guidance);
        var right = await team.AsAda.MarkAsync(team.Reading, "?", "every educator's right", "Really?");
        await team.AsBen.MarkAsync(team.Reading, "#", "Every learner gains");
        await team.AsBen.BringInAsync(team.Reading, Guidance[..^20], text.ETag());

        var (collection, type) = await ReadAsync(team.AsAda, $"{team.Reading}/annotations?limit=1");

        Assert.Equal("application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\"", type);
        Assert.Equal(("http://www.w3.org/ns/anno.jsonld", "AnnotationCollection", 2), ((string?)collection["@context"], (string?)collection["type"], (int)collection["total"]!));
        var first = collection["first"]!;
        Assert.Equal("AnnotationPage", (string?)first["type"]);
        var annotation = Assert.Single(first["items"]!.AsArray())!;
        Assert.Equal(("Annotation", "questioning", $"http://plservice.test{team.Reading}/annotations/{right.Id()}"),
            ((string?)annotation["type"], (string?)annotation["motivation"], (string?)annotation["id"]));
        Assert.Equal(($"urn:uuid:{team.Ada.Id}", team.Ada.Name), ((string?)annotation["creator"]!["id"], (string?)annotation["creator"]!["name"]));
        Assert.Equal([("tagging", "?"), ("commenting", "Really?")], annotation["body"]!.AsArray().Select(body => ((string?)body!["purpose"], (string?)body["value"])));
        var selectors = annotation["target"]!["selector"]!.AsArray();
        Assert.Equal(("TextQuoteSelector", "every educator's right"), ((string?)selectors[0]!["type"], (string?)selectors[0]!["exact"]));
        Assert.Equal(("TextPositionSelector", 27, 49), ((string?)selectors[1]!["type"], (int)selectors[1]!["start"]!, (int)selectors[1]!["end"]!));

        var (page, _) = await ReadAsync(team.AsAda, new Uri((string)first["next"]!).PathAndQuery);
        Assert.Equal(("AnnotationPage", "AnnotationCollection", null), ((string?)page["type"], (string?)page["partOf"]!["type"], (string?)page["next"]));
        // What the present text does not have has words, and no place.
        Assert.Equal("TextQuoteSelector", (string?)Assert.Single(page["items"]![0]!["target"]!["selector"]!.AsArray())!["type"]);
        Assert.Contains("annotation.exported", await team.Tenant.ActionsAsync());
    }

    [Fact]
    public async Task What_goes_out_comes_in_elsewhere_and_once_only()
    {
        var from = await api.NewTeamAsync();
        await from.AsAda.BringInAsync(from.Reading, Guidance);
        await from.AsAda.MarkAsync(from.Reading, "#", "planned with care", "Ours is not.");
        await from.AsBen.MarkAsync(from.Reading, "+", "📚");
        var (collection, _) = await ReadAsync(from.AsAda, $"{from.Reading}/annotations");
        var to = await api.NewTeamAsync();
        await to.AsAda.BringInAsync(to.Reading, "A longer text comes first. " + Guidance);

        var imported = await ImportAsync(to.AsAda, to, collection);
        var again = await ImportAsync(to.AsAda, to, collection);
        var home = await ImportAsync(from.AsAda, from, collection);

        Assert.Equal((2, 0, 0), Counts(imported));
        Assert.Equal((0, 2, 0), Counts(again));
        Assert.Equal((0, 2, 0), Counts(home));
        var items = (await to.AsAda.ReadAsync($"{to.Reading}/annotations"))["items"]!.AsArray();
        Assert.Equal([("#", "planned with care", "Ours is not.", to.Ada.Id), ("+", "📚", null, to.Ada.Id)],
            items.Select(item => ((string?)item!["sign"], (string?)item["target"]!["exact"], (string?)item["rationale"], (Guid)item["person"]!["personId"]!)));
        Assert.Equal(27 + 22, (int)items[1]!["target"]!["start"]!);
    }

    [Fact]
    public async Task Forms_that_the_model_allows_are_read()
    {
        var team = await api.NewTeamAsync();
        await team.AsAda.BringInAsync(team.Reading, Guidance);
        var body = JsonNode.Parse(
            """
            [ { "@context": "http://www.w3.org/ns/anno.jsonld", "id": "https://reader.example.org/1", "type": "Annotation", "creator": "https://reader.example.org/people/7",
                "body": [ { "type": "TextualBody", "value": "difference", "purpose": "tagging" }, { "type": "TextualBody", "value": "Ours differs." } ],
                "target": { "source": "https://books.example.org/1", "selector": { "type": "FragmentSelector", "value": "p1", "refinedBy": { "type": "TextQuoteSelector", "exact": "planned with care" } } } },
              { "type": "Annotation", "body": "+", "target": { "selector": { "type": "TextPositionSelector", "start": 0, "end": 12 } } },
              { "type": "Annotation", "body": { "value": "?" }, "target": [ { "selector": [ { "type": "TextQuoteSelector", "exact": "nobody wrote this sentence here" } ] } ] } ]
            """)!;

        var imported = await ImportAsync(team.AsAda, team, body);

        Assert.Equal((3, 0, 1), Counts(imported));
        var items = (await team.AsAda.ReadAsync($"{team.Reading}/annotations"))["items"]!.AsArray();
        Assert.Equal([("#", "planned with care", "Ours differs.", false), ("+", "Professional", null, false), ("?", "nobody wrote this sentence here", null, true)],
            items.Select(item => ((string?)item!["sign"], (string?)item["target"]!["exact"], (string?)item["rationale"], (bool)item["orphaned"]!)));
    }

    [Fact]
    public async Task Who_leads_brings_in_the_marks_of_members_and_nobody_elses_name()
    {
        var team = await api.NewTeamAsync();
        await team.AsAda.BringInAsync(team.Reading, Guidance);
        static JsonObject Mark(Guid creator) => new()
        {
            ["creator"] = new JsonObject { ["id"] = $"urn:uuid:{creator}" },
            ["body"] = "+",
            ["target"] = new JsonObject { ["selector"] = new JsonObject { ["type"] = "TextQuoteSelector", ["exact"] = "care" } },
        };
        var lead = await team.Tenant.NewPersonAsync((Role.Facilitator, team.District));

        await ImportAsync(team.AsBen, team, Mark(team.Ada.Id));
        await ImportAsync(team.Tenant.As(lead), team, Mark(team.Ada.Id));
        await ImportAsync(team.Tenant.As(lead), team, Mark(Guid.CreateVersion7()));

        Assert.Equal([team.Ben.Id, team.Ada.Id, lead.Id], (await team.AsAda.ReadAsync($"{team.Reading}/annotations"))["items"]!.AsArray().Select(item => (Guid)item!["person"]!["personId"]!));
    }

    [Fact]
    public async Task Each_annotation_that_cannot_be_read_is_named_and_none_comes_in()
    {
        var team = await api.NewTeamAsync();
        await team.AsAda.BringInAsync(team.Reading, Guidance);
        var body = JsonNode.Parse(
            """
            { "type": "AnnotationPage", "items": [
              { "type": "Annotation", "body": "+", "target": { "selector": { "type": "TextQuoteSelector", "exact": "care" } } },
              { "type": "Annotation", "body": "!", "target": { "selector": { "type": "TextQuoteSelector", "exact": "care" } } },
              { "type": "Annotation", "body": "+", "target": "https://books.example.org/1" }, 7 ] }
            """)!;

        using var refused = await SendAsync(team.AsAda, team, body.ToJsonString());

        var problem = await refused.ExpectFaultAsync("/items/1/body", "annotation.unknown_sign");
        Assert.Equal(["/items/1/body", "/items/2/target", "/items/3"], problem["errors"]!.AsArray().Select(error => (string?)error!["pointer"]));
        Assert.Empty((await team.AsAda.ReadAsync($"{team.Reading}/annotations"))["items"]!.AsArray());
        await (await SendAsync(team.AsAda, team, "{")).ExpectProblemAsync(HttpStatusCode.BadRequest, "request.malformed_json");
        await (await SendAsync(team.AsAda, team, """{ "body": "+", "target": { "selector": { "type": "TextPositionSelector", "start": 4, "end": 9999 } } }"""))
            .ExpectFaultAsync("/target", "annotation.quote_not_found");
        var many = new JsonArray([.. Enumerable.Range(0, 1_001).Select(_ => body["items"]![0]!.DeepClone())]);
        await (await SendAsync(team.AsAda, team, many.ToJsonString())).ExpectFaultAsync("", "value.too_many");
    }

    private static (int Created, int Unchanged, int Orphaned) Counts(JsonObject imported) => ((int)imported["created"]!, (int)imported["unchanged"]!, (int)imported["orphaned"]!);

    private static async Task<JsonObject> ImportAsync(HttpClient client, Team team, JsonNode body) =>
        await (await SendAsync(client, team, body.ToJsonString())).ExpectAsync(HttpStatusCode.OK);

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, Team team, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, LinkedData);
        return await client.PostAsync($"{team.Reading}/annotations/import", content, Ct);
    }

    private static async Task<(JsonObject Body, string? Type)> ReadAsync(HttpClient client, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("application/ld+json;profile=\"http://www.w3.org/ns/anno.jsonld\""));
        using var response = await client.SendAsync(request, Ct);
        return (await response.ExpectAsync(HttpStatusCode.OK), response.Content.Headers.ContentType?.ToString());
    }
}
