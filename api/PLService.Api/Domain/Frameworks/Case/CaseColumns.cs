using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>What columns repeat of a body.</summary>
internal static class CaseColumns
{
    public static string Title(JsonObject body) => Text(body, "title") ?? "";

    public static StandardWording Wording(JsonObject item) => new(Said(item, "humanCodingScheme"), Text(item, "fullStatement") ?? "", Said(item, "abbreviatedStatement"));

    public static string? ItemType(JsonObject item) => Said(item, "CFItemType") ?? (item["CFItemTypeURI"] is JsonObject link ? Said(link, "title") : null);

    public static CaseAssociation Association(Guid id, JsonObject body, string text) => new(
        id,
        Text(body, "associationType")!,
        End(body, "originNodeURI"),
        End(body, "destinationNodeURI"),
        body["sequenceNumber"] is JsonValue number && number.TryGetValue<int>(out var sequence) ? sequence : null,
        text);

    /// <summary>The text of a member; null when it has none.</summary>
    public static string? Text(JsonObject body, string member) => body[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string? Said(JsonObject body, string member) => Text(body, member) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static Guid? End(JsonObject body, string member) =>
        body[member] is JsonObject link && Guid.TryParseExact(Text(link, "identifier"), "D", out var id) ? id : null;
}
