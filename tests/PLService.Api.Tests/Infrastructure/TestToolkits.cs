using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Domain.Frameworks;

namespace PLService.Api.Tests.Infrastructure;

/// <summary>A small toolkit, the standards that toolkits are repeated for, and the steps that get them published.</summary>
internal static class TestToolkits
{
    /// <summary>The eight Connecticut standards of 2015, in their order.</summary>
    public static readonly (string Code, string Label)[] Connecticut =
    [
        ("CUL", "Cultural Competence"), ("LCO", "Learning Communities"), ("LEA", "Leadership"), ("RES", "Resources"), ("DAT", "Data"), ("DES", "Learning Designs"),
        ("IMP", "Implementation"), ("OUT", "Outcomes"),
    ];

    /// <summary>Tool 1 with a field for words or an image, two for words and one that collects next steps; tool 2 with a reading and a question.</summary>
    public static JsonObject Document(string code = "book-study", string version = "1.0")
    {
        var document = JsonNode.Parse(
            """
            {
              "code": "CODE", "version": "VERSION", "title": { "en": "Book study" },
              "tools": [
                { "code": "1", "title": { "en": "Before" }, "parts": [
                  { "kind": "text", "text": { "en": "Write for five minutes." } },
                  { "kind": "fields", "fields": [
                    { "code": "expect", "prompt": { "en": "What do we expect?" }, "answer": "imageOrText" },
                    { "code": "know", "prompt": { "en": "What do we know?" } },
                    { "code": "want", "prompt": { "en": "What do we want to know?" } },
                    { "code": "next", "prompt": { "en": "What will we try?" }, "collects": "nextSteps" } ] } ] },
                { "code": "2", "title": { "en": "Reading" }, "parts": [
                  { "kind": "reading", "reading": { "title": { "en": "Chapter 1" }, "link": "https://books.example.org/1", "codes": [
                    { "sign": "+", "label": { "en": "Agreement" }, "motivation": "assessing" },
                    { "sign": "?", "label": { "en": "Question" }, "motivation": "questioning" },
                    { "sign": "#", "label": { "en": "Difference" }, "collects": "differences" } ] } },
                  { "kind": "discussion", "questions": [ { "code": "q1", "prompt": { "en": "What surprised us?" } } ] } ] },
                { "code": "3", "title": { "en": "After" }, "parts": [ { "kind": "text", "text": { "en": "Rest." } } ] } ]
            }
            """)!.AsObject();
        (document["code"], document["version"]) = (code, version);
        return document;
    }

    /// <summary>Imports a version and publishes it.</summary>
    public static async Task<JsonObject> PublishToolkitAsync(this HttpClient client, JsonObject document)
    {
        var draft = await client.CreateAsync("/v1/toolkits", document);
        using var published = await client.SendJsonAsync(HttpMethod.Post, $"/v1/toolkits/{draft["code"]}/versions/{draft["label"]}/publish", null, draft.ETag());
        return await published.ExpectAsync(HttpStatusCode.OK);
    }

    /// <summary>A published framework of the tenant with standards that have these codes and labels.</summary>
    public static Task<int> PlantFrameworkAsync(this TestTenant tenant, string code, params (string Code, string Label)[] standards) => tenant.StoredAsync(async db =>
    {
        var framework = Framework.Create(Guid.CreateVersion7(), code, code, "{}");
        framework.Publish(DateTimeOffset.UtcNow);
        db.Add(framework);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        db.AddRange(standards.Select((standard, i) =>
            Standard.Create(Guid.CreateVersion7(), framework.Id, i, new StandardWording(standard.Code, $"{standard.Label} in full.", standard.Label), "Standard", "{}")));
        return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    });
}
