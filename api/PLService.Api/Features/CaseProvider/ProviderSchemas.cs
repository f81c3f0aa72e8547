using System.Text.Json.Nodes;
using PLService.Api.Domain.Frameworks.Case;

namespace PLService.Api.Features.CaseProvider;

/// <summary>The classes of CASE as schemas of OpenAPI.</summary>
internal static class ProviderSchemas
{
    public static JsonObject All()
    {
        var schemas = new JsonObject
        {
            ["LinkURI"] = Object(["title", "identifier", "uri"], ("title", Text()), ("identifier", Text("uuid")), ("uri", Text())),
            ["LinkGenURI"] = Object(["title", "identifier", "uri"], ("title", Text()), ("identifier", Text()), ("uri", Text()), ("targetType", Text())),
            ["imsx_StatusInfo"] = Object(["imsx_codeMajor", "imsx_severity"], ("imsx_codeMajor", Text()), ("imsx_severity", Text()), ("imsx_description", Text()), ("imsx_CodeMinor", Free())),
            ["CFDefinitions"] = Object([], [.. CaseShapes.Definitions.Select(definition => (definition.Shape.Collection, List(definition.Shape.Name))), ("extensions", Free())]),
            ["CFDocumentSet"] = Object(["CFDocuments"], ("CFDocuments", List("CFDocument"))),
            ["CFAssociationSet"] = Object(["CFItem"], ("CFItem", ProviderDiscovery.Reference("CFItem")), ("CFAssociations", List("CFAssociation"))),
            ["CFPackage"] = Object(["CFDocument"], ("CFDocument", ProviderDiscovery.Reference("CFPckgDocument")), ("CFItems", List("CFPckgItem")), ("CFAssociations", List("CFPckgAssociation")),
                ("CFDefinitions", ProviderDiscovery.Reference("CFDefinitions")), ("CFRubrics", List("CFRubric")), ("extensions", Free())),
        };
        foreach (var shape in (ReadOnlySpan<CaseShape>)[CaseShapes.Concept, CaseShapes.Subject, CaseShapes.ItemType])
            schemas[shape.Name + "Set"] = Object([shape.Collection], (shape.Collection, List(shape.Name)));
        foreach (var (shape, link, required) in (ReadOnlySpan<(CaseShape, string, bool)>)[
            (CaseShapes.Document, "CFPackageURI", true), (CaseShapes.Item, "CFDocumentURI", true), (CaseShapes.Association, "CFDocumentURI", false)])
        {
            schemas[shape.Name.Replace("CF", "CFPckg", StringComparison.Ordinal)] = Class(shape);
            var outside = Class(shape);
            outside["properties"]![link] = ProviderDiscovery.Reference("LinkURI");
            if (required)
                outside["required"]!.AsArray().Add((JsonNode)link);
            schemas[shape.Name] = outside;
        }

        foreach (var shape in CaseShapes.Definitions.Select(definition => definition.Shape).Concat([CaseShapes.Rubric, CaseShapes.Criterion, CaseShapes.Level]))
            schemas[shape.Name] = Class(shape);
        return schemas;
    }

    private static JsonObject Class(CaseShape shape) => Object(
        [.. shape.Members.Where(member => member.Required).Select(member => member.Name)], [.. shape.Members.Select(member => (member.Name, Schema(member)))]);

    private static JsonObject Schema(CaseMember member) => member.Type switch
    {
        CaseType.Uuid => Text("uuid"),
        CaseType.Time => Text("date-time"),
        CaseType.Date => Text("date"),
        CaseType.Integer => new() { ["type"] = "integer" },
        CaseType.Number => new() { ["type"] = "number" },
        CaseType.Texts => new() { ["type"] = "array", ["items"] = Text() },
        CaseType.Link => ProviderDiscovery.Reference("LinkURI"),
        CaseType.GeneralLink => ProviderDiscovery.Reference("LinkGenURI"),
        CaseType.Links => List("LinkURI"),
        CaseType.Children => List(member.Of!.Name),
        CaseType.Extensions => Free(),
        CaseType.ExtensionList => new() { ["type"] = "array", ["items"] = Free() },
        _ => Text(),
    };

    private static JsonObject Object(string[] required, params (string Name, JsonObject Schema)[] members)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Schema))) };
        if (required.Length > 0)
            schema["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]);
        return schema;
    }

    private static JsonObject Text(string? format = null) => format is null ? new() { ["type"] = "string" } : new() { ["type"] = "string", ["format"] = format };

    private static JsonObject List(string schema) => new() { ["type"] = "array", ["items"] = ProviderDiscovery.Reference(schema) };

    private static JsonObject Free() => new() { ["type"] = "object", ["additionalProperties"] = true };
}
