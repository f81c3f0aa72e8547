using System.Net;
using System.Text.Json.Nodes;

namespace PLService.Api.Tests.Infrastructure;

/// <summary>Small instrument documents, and the steps that get them published.</summary>
internal static class TestInstruments
{
    /// <summary>Two sections, three items, one axis with green, yellow, red (needs a comment) and "don't know".</summary>
    public static JsonObject OneAxis(string code = "pulse", string version = "1.0") => Parse(
        """
        {
          "code": "CODE", "version": "VERSION", "title": { "en": "Pulse" }, "marksPerParticipant": 1,
          "scales": [ { "code": "dots", "title": { "en": "Dots" }, "direction": "bestFirst", "levels": [
            { "code": "green", "label": { "en": "In place" }, "score": 2, "favorable": true },
            { "code": "yellow", "label": { "en": "Under way" }, "score": 1 },
            { "code": "red", "label": { "en": "Not yet" }, "score": 0, "commentRequired": true },
            { "code": "dont-know", "label": { "en": "Don't know" } } ] } ],
          "axes": [ { "code": "status", "title": { "en": "Status" }, "scale": "dots" } ],
          "thresholds": { "strength": { "match": "all", "conditions": [ { "measure": "levelShare", "levels": ["green"], "atLeast": 0.7 } ] } },
          "sections": [
            { "code": "A", "title": { "en": "A" }, "items": [ { "code": "A.1", "text": { "en": "a1" } }, { "code": "A.2", "text": { "en": "a2" } } ] },
            { "code": "B", "title": { "en": "B" }, "items": [ { "code": "B.1", "text": { "en": "b1" } } ] } ]
        }
        """, code, version);

    /// <summary>One item on two axes: where we stand, and how much it matters.</summary>
    public static JsonObject TwoAxes(string code = "two-axes", string version = "1.0") => Parse(
        """
        {
          "code": "CODE", "version": "VERSION", "title": { "en": "Two axes" }, "marksPerParticipant": 1,
          "scales": [
            { "code": "dots", "title": { "en": "Dots" }, "direction": "bestFirst", "levels": [
              { "code": "green", "label": { "en": "In place" }, "score": 1, "favorable": true }, { "code": "red", "label": { "en": "Not yet" }, "score": 0 } ] },
            { "code": "weight", "title": { "en": "Weight" }, "direction": "bestLast", "levels": [
              { "code": "low", "label": { "en": "Low" }, "score": 0 }, { "code": "high", "label": { "en": "High" }, "score": 1, "favorable": true } ] } ],
          "axes": [ { "code": "status", "title": { "en": "Status" }, "scale": "dots" }, { "code": "priority", "title": { "en": "Priority" }, "scale": "weight" } ],
          "sections": [ { "code": "A", "title": { "en": "A" }, "items": [ { "code": "A.1", "text": { "en": "a1" } } ] } ]
        }
        """, code, version);

    /// <summary>A dot poster: everybody places as many dots as they like, so that only tallies are collected.</summary>
    public static JsonObject Poster(string code = "poster", string version = "1.0")
    {
        var document = OneAxis(code, version);
        document["marksPerParticipant"] = null;
        return document;
    }

    /// <summary>Imports and publishes a document.</summary>
    public static async Task PublishAsync(this HttpClient client, JsonObject document)
    {
        var draft = await client.CreateAsync("/v1/instruments", document);
        var published = await client.SendJsonAsync(HttpMethod.Post, $"/v1/instruments/{document["code"]}/versions/{document["version"]}/publish", ifMatch: draft.ETag());
        await published.ExpectAsync(HttpStatusCode.OK);
    }

    private static JsonObject Parse(string json, string code, string version) =>
        JsonNode.Parse(json.Replace("CODE", code, StringComparison.Ordinal).Replace("VERSION", version, StringComparison.Ordinal))!.AsObject();
}
