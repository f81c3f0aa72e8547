using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Frameworks;

/// <summary>Packages to import, and the import of one.</summary>
internal static class CasePackages
{
    public const string Host = "https://standards.example.org/ims/case/v1p1";

    /// <summary>Whatever time a publisher last changed something.</summary>
    public const string Time = "2026-09-01T15:00:00Z";

    /// <summary>A small package in good order: a group with two standards, one of each definition, a crosswalk that leads outside, and a rubric.</summary>
    public static JsonObject New(string title)
    {
        var (document, type, license, group, first, second) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        return new()
        {
            ["CFDocument"] = With(Object("CFDocuments", document), new { creator = "Example State", title, caseVersion = "1.1", adoptionStatus = "Adopted", subject = new[] { "Professional learning" }, language = "en" }),
            ["CFItems"] = new JsonArray(
                With(Object("CFItems", group), new { fullStatement = "Rigorous content", humanCodingScheme = "RC", CFItemType = "Frame" }),
                With(Object("CFItems", first), new { fullStatement = "Educators learn from evidence.", humanCodingScheme = "EV", abbreviatedStatement = "Evidence", educationLevel = new[] { "06", "07" }, CFItemTypeURI = Link("CFItemTypes", type, "Standard"), licenseURI = Link("CFLicenses", license, "CC BY") }),
                With(Object("CFItems", second), new { fullStatement = "Equity drives learning.", humanCodingScheme = "EQ", notes = "Läßt sich übersetzen ✓", extensions = new { vendor = new { shade = "blue", weights = new[] { 1.5, 2 } } } })),
            ["CFAssociations"] = new JsonArray(
                Child(group, document, 1, "CFDocuments"),
                Child(first, group, 1),
                Child(second, group, 2),
                With(Object("CFAssociations", Guid.NewGuid()), new { associationType = "exactMatchOf", originNodeURI = Link("CFItems", first, "EV"), destinationNodeURI = Link("CFItems", Guid.NewGuid(), "Elsewhere") })),
            ["CFDefinitions"] = new JsonObject
            {
                ["CFConcepts"] = new JsonArray(With(Object("CFConcepts", Guid.NewGuid()), new { title = "Learning", hierarchyCode = "1" })),
                ["CFSubjects"] = new JsonArray(With(Object("CFSubjects", Guid.NewGuid()), new { title = "Teaching", hierarchyCode = "1" }), With(Object("CFSubjects", Guid.NewGuid()), new { title = "Coaching", hierarchyCode = "1.1" })),
                ["CFLicenses"] = new JsonArray(With(Object("CFLicenses", license), new { title = "CC BY", licenseText = "By whoever." })),
                ["CFItemTypes"] = new JsonArray(With(Object("CFItemTypes", type), new { title = "Standard", description = "A standard", hierarchyCode = "1" })),
                ["CFAssociationGroupings"] = new JsonArray(With(Object("CFAssociationGroupings", Guid.NewGuid()), new { title = "Crosswalk 2026" })),
            },
            ["CFRubrics"] = new JsonArray(With(Object("CFRubrics", Guid.NewGuid()), new
            {
                title = "Principal",
                CFRubricCriteria = new[]
                {
                    With(Object("CFRubricCriteria", Guid.NewGuid()), new
                    {
                        category = "Evidence",
                        weight = 1.5,
                        position = 1,
                        CFItemURI = Link("CFItems", first, "EV"),
                        CFRubricCriterionLevels = new[] { With(Object("CFRubricCriterionLevels", Guid.NewGuid()), new { quality = "Level 1", score = 4, position = 1, extensions = new[] { new { colour = "green" } } }) },
                    }),
                },
            })),
            ["extensions"] = new JsonObject { ["source"] = "hand" },
        };
    }

    /// <summary>An object with what every object has.</summary>
    public static JsonObject Object(string collection, Guid id) =>
        new() { ["identifier"] = id.ToString(), ["uri"] = $"{Host}/{collection}/{id}", ["lastChangeDateTime"] = Time };

    public static JsonObject Link(string collection, Guid id, string title) => new() { ["title"] = title, ["identifier"] = id.ToString(), ["uri"] = $"{Host}/{collection}/{id}" };

    public static JsonObject Child(Guid item, Guid parent, int sequence, string parents = "CFItems") => With(
        Object("CFAssociations", Guid.NewGuid()),
        new { associationType = "isChildOf", sequenceNumber = sequence, originNodeURI = Link("CFItems", item, "Origin"), destinationNodeURI = Link(parents, parent, "Destination") });

    public static JsonObject With(JsonObject target, object members)
    {
        foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(members)!.AsObject())
            target[name] = value?.DeepClone();
        return target;
    }

    /// <summary>Id of the document, an item, ...</summary>
    public static Guid Identifier(this JsonNode node) => Guid.Parse((string)node["identifier"]!);

    public static JsonObject Copy(this JsonObject package) => package.DeepClone().AsObject();

    /// <summary>Imports and expects success; gives the framework's id.</summary>
    public static async Task<Guid> ImportAsync(this HttpClient client, JsonObject package, string query = "") =>
        (await client.TakeAsync(package, query)).Id();

    /// <summary>Imports and expects success; gives the answer.</summary>
    public static async Task<JsonObject> TakeAsync(this HttpClient client, JsonObject package, string query = "")
    {
        using var response = await client.SendJsonAsync(HttpMethod.Post, "/v1/frameworks/import" + query, package.ToJsonString());
        return await response.ExpectAsync(response.StatusCode is HttpStatusCode.Created ? HttpStatusCode.Created : HttpStatusCode.OK);
    }

    /// <summary>The same whatever the order of lists of objects with identifiers, of members, and however numbers are written.</summary>
    public static bool Means(JsonNode? one, JsonNode? other) => JsonNode.DeepEquals(Sorted(one), Sorted(other));

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Where(member => member.Value is not JsonArray { Count: 0 }).OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        JsonValue value when value.GetValueKind() is System.Text.Json.JsonValueKind.Number => JsonValue.Create(decimal.Parse(value.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture) / 1.000000000000000000000000000000000m),
        _ => node?.DeepClone(),
    };
}
