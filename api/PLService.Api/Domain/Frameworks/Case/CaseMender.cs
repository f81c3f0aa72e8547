using System.Text.Json;
using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>
/// Makes an object of CASE 1.1 out of what a file has in its place. A member that can be read in another way is mended; one that cannot,
/// or that CASE does not know, goes into <c>extensions</c> under its own name; what is required and cannot be made up is a fault.
/// </summary>
/// <param name="findings">What is found.</param>
/// <param name="documentId">Identifier of the package's document: what names it again says nothing.</param>
/// <param name="documentTime">Stands for times that are missing.</param>
internal sealed class CaseMender(CaseFindings findings, Guid? documentId, string documentTime)
{
    /// <summary>Names that drafts and other products use.</summary>
    private static readonly Dictionary<string, string> Aliases = new() { ["educationalLevel"] = "educationLevel", ["sourcedId"] = "identifier" };

    private readonly CaseCopy _copy = new(findings);
    private readonly CaseValues _values = new(findings);
    private readonly CaseGaps _gaps = new(findings, documentTime);

    /// <summary>A copy of what CASE does not name.</summary>
    public JsonNode? Copy(JsonElement given, string pointer) => _copy.Of(given, pointer);

    /// <summary>The object; null when it is none, of which findings tell.</summary>
    public JsonObject? Mend(JsonElement given, CaseShape shape, string pointer)
    {
        if (given.ValueKind is not JsonValueKind.Object)
        {
            findings.Fault(pointer, "format", $"A {shape.Name} is an object; found {Kind(given)}.");
            return null;
        }

        var (body, extras) = (new JsonObject(), new JsonObject());
        JsonNode? extensions = null;
        foreach (var member in given.EnumerateObject().Where(member => member.Value.ValueKind is not JsonValueKind.Null))
        {
            var place = $"{pointer}/{Instruments.FaultList.Escaped(member.Name)}";
            if (FindMember(shape, member.Name, given) is not { } known)
                AddUnknown(shape, member, place, extras);
            else if (known.Type is CaseType.Extensions or CaseType.ExtensionList)
                extensions = _copy.Of(member.Value, place);
            else if (body.ContainsKey(known.Name))
                AddUnknown(shape, member, place, extras);
            else
                Add(known, member.Value, place, body, extras);
        }

        if (_gaps.Fill(body, shape, pointer))
            Extend(body, shape, extensions, extras, pointer);
        return body;
    }

    /// <summary>Puts what CASE has no member for into the extensions, under its own name where that is free.</summary>
    public void Extend(JsonObject body, CaseShape shape, JsonNode? extensions, JsonObject extras, string pointer)
    {
        var isList = shape.Find("extensions")!.Type is CaseType.ExtensionList;
        var list = Objects(extensions, isList, pointer);
        if (extras.Count > 0)
        {
            if (list.Count == 0)
                list.Add([]);
            Merge(list[0], extras);
        }

        if (list.Count > 0)
            body["extensions"] = isList ? new JsonArray([.. list]) : list[0];
    }

    private static CaseMember? FindMember(CaseShape shape, string name, JsonElement given) =>
        shape.Find(name) is { } known ? known
        : Aliases.TryGetValue(name, out var meant) && shape.Find(meant) is { } member
            && !(given.TryGetProperty(meant, out var proper) && proper.ValueKind is not JsonValueKind.Null) ? member
        : null;

    private void Add(CaseMember member, JsonElement given, string place, JsonObject body, JsonObject extras)
    {
        if (member.Type is CaseType.Children)
        {
            body[member.Name] = new JsonArray([.. Elements(given, place, member.Name).Select((child, i) => (JsonNode?)Mend(child, member.Of!, $"{place}/{i}")).Where(child => child is not null)]);
            return;
        }

        if (_values.Mend(member, given, place, extras) is { } value)
        {
            body[member.Name] = value;
            return;
        }

        if (_values.IsBlank(given))
            return;
        extras[member.Name] = _copy.Of(given, place);
        findings.Warn(place, member.Name, "misfit", $"{member.Name} does not take {Kind(given)} such as this one; it is kept in extensions.");
    }

    private List<JsonElement> Elements(JsonElement given, string place, string member)
    {
        if (given.ValueKind is JsonValueKind.Array)
            return [.. given.EnumerateArray().Where(child => child.ValueKind is not JsonValueKind.Null)];
        findings.Warn(place, member, "list_expected", $"{member} is a list and was one object.");
        return [given];
    }

    private void AddUnknown(CaseShape shape, JsonProperty member, string place, JsonObject extras)
    {
        // Within a package it is said already which document all belongs to.
        if (member.Name == "CFDocumentURI" && member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.String)
        {
            var text = member.Value.ValueKind is JsonValueKind.String ? member.Value.GetString()
                : member.Value.TryGetProperty("identifier", out var named) && named.ValueKind is JsonValueKind.String ? named.GetString() : null;
            if (documentId is not null && (CaseIds.TryRead(text, out var id) || CaseIds.TryReadEnd(text, out id)) && id == documentId)
                return;
            findings.Warn(place, shape.Name + member.Name, "foreign", $"The {shape.Name} says that it is of another document than this package's; it is taken as one of this, and what it says is kept in extensions.");
        }
        else
        {
            findings.Warn(place, shape.Name + member.Name, "unknown_member", $"CASE 1.1 has no {member.Name} in a {shape.Name}; it is kept in extensions.");
        }

        Put(extras, member.Name, _copy.Of(member.Value, place));
    }

    private List<JsonObject> Objects(JsonNode? given, bool isList, string pointer)
    {
        if (given is null)
            return [];
        if (!isList && given is JsonObject only)
            return [only];
        List<JsonObject> objects = given switch
        {
            JsonArray list => [.. list.ToList().Select(element => Detached(element) as JsonObject ?? new JsonObject { ["value"] = Detached(element) })],
            JsonObject one => [one],
            _ => [new JsonObject { ["value"] = given }],
        };
        if (isList && given is JsonArray)
            return objects;
        findings.Warn($"{pointer}/extensions", "extensions", "extensions_form", isList ? "extensions is a list here." : "extensions is an object here.");
        return isList || objects.Count == 1 ? objects : [new JsonObject { ["extensions"] = new JsonArray([.. objects]) }];
    }

    private static JsonNode? Detached(JsonNode? node)
    {
        if (node?.Parent is JsonArray list)
            list.Remove(node);
        return node;
    }

    private static void Merge(JsonObject target, JsonObject extras)
    {
        foreach (var (name, value) in extras.ToList())
        {
            extras.Remove(name);
            Put(target, name, value);
        }
    }

    // Nothing that stands there is overwritten.
    private static void Put(JsonObject target, string name, JsonNode? value)
    {
        var free = name;
        for (var i = 2; target.TryGetPropertyValue(free, out var other); i++)
        {
            if (JsonNode.DeepEquals(other, value))
                return;
            free = $"{name}_{i}";
        }

        target[free] = value;
    }

    private static string Kind(JsonElement given) => given.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"the text \"{Instruments.FaultList.Shown(given.GetRawText().Trim('"'))}\"",
        JsonValueKind.Number => given.GetRawText(),
        JsonValueKind.Null => "null",
        _ => given.GetRawText(),
    };
}
