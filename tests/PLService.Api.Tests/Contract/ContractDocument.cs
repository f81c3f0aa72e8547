using System.Text.Json.Nodes;

namespace PLService.Api.Tests.Contract;

/// <summary>The contract as JSON, with the few ways through it that the tests need.</summary>
internal sealed record ContractDocument(JsonObject Root)
{
    /// <summary>One operation: <c>GET /v1/organizations/{id}</c> and what the contract says of it.</summary>
    internal sealed record Operation(string Method, string Path, JsonObject Json)
    {
        public string Name => $"{Method} {Path}";

        public string Id => (string?)Json["operationId"] ?? "";

        public IReadOnlyList<JsonObject> Parameters => [.. (Json["parameters"]?.AsArray() ?? []).Select(parameter => parameter!.AsObject())];

        public JsonObject? Body => Json["requestBody"]?.AsObject();

        public IReadOnlyDictionary<string, JsonObject> Responses =>
            (Json["responses"]?.AsObject() ?? []).ToDictionary(response => response.Key, response => response.Value!.AsObject());

        public bool IsAnonymous => Json["security"] is JsonArray { Count: 0 };

        /// <summary>The scopes that it needs; none where any token will do.</summary>
        public IReadOnlyList<string> Scopes => Json["security"] is JsonArray { Count: > 0 } security
            ? [.. security.SelectMany(requirement => requirement!.AsObject().SelectMany(scheme => scheme.Value!.AsArray().Select(scope => (string)scope!)))]
            : [];
    }

    public IReadOnlyList<Operation> Operations =>
    [
        .. (Root["paths"]?.AsObject() ?? []).SelectMany(path => path.Value!.AsObject()
            .Where(entry => entry.Key is "get" or "put" or "post" or "patch" or "delete")
            .Select(entry => new Operation(entry.Key.ToUpperInvariant(), path.Key, entry.Value!.AsObject()))),
    ];

    public IReadOnlyDictionary<string, JsonObject> Schemas =>
        (Root["components"]?["schemas"]?.AsObject() ?? []).ToDictionary(schema => schema.Key, schema => schema.Value!.AsObject());

    public static ContractDocument Parse(string json) => new(JsonNode.Parse(json)!.AsObject());

    /// <summary>The schema itself, where another one only refers to it.</summary>
    public JsonObject Resolve(JsonObject schema)
    {
        while (ReferenceOf(schema) is { } name)
            schema = Root["components"]!["schemas"]![name]?.AsObject() ?? throw new InvalidOperationException($"There is no schema {name}.");
        return schema;
    }

    /// <summary>The name of the schema that this one stands for: a <c>$ref</c>, alone or as the only part of an <c>allOf</c>.</summary>
    public static string? ReferenceOf(JsonObject schema) =>
        (string?)schema["$ref"] is { } reference ? reference["#/components/schemas/".Length..]
        : schema["allOf"] is JsonArray { Count: 1 } parts && schema["properties"] is null ? ReferenceOf(parts[0]!.AsObject()) : null;

    /// <summary>Media type, schema and example of each body.</summary>
    public static IEnumerable<(string MediaType, JsonObject? Schema, JsonNode? Example, bool HasExample)> ContentsOf(JsonObject? body) =>
        (body?["content"]?.AsObject() ?? []).Select(media => (
            media.Key, media.Value!["schema"]?.AsObject(), media.Value["example"], media.Value.AsObject().ContainsKey("example")));
}
