using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>Makes up what an object has to have and lacks, in the same way each time, or says that it cannot.</summary>
internal sealed class CaseGaps(CaseFindings findings, string documentTime)
{
    /// <summary>True when the object is whole now.</summary>
    public bool Fill(JsonObject body, CaseShape shape, string pointer)
    {
        foreach (var member in shape.Members.Where(member => member.Required && !body.ContainsKey(member.Name)))
        {
            if (Stopgap(body, shape, member.Name) is not { } value)
            {
                findings.Fault($"{pointer}/{member.Name}", "missing", member.Name switch
                {
                    "identifier" => "Every object needs its identifier, a UUID such as 3f2b8c1e-5d0a-4b7e-9c55-2a6f1d3e8b90.",
                    "originNodeURI" or "destinationNodeURI" => $"{member.Name} says what is linked: an object with title, identifier and uri.",
                    _ => $"A {shape.Name} needs a {member.Name}.",
                });
                return false;
            }

            body[member.Name] = value;
            findings.Warn($"{pointer}/{member.Name}", shape.Name + member.Name, "filled", $"The {shape.Name} had no {member.Name}; it got \"{Instruments.FaultList.Shown(value)}\".");
        }

        return true;
    }

    private string? Stopgap(JsonObject body, CaseShape shape, string member) => (shape.Name, member) switch
    {
        (_, "identifier") => CaseIds.TryReadEnd(Text(body, "uri"), out var id) ? id.ToString() : null,
        ("CFRubricCriterion" or "CFRubricCriterionLevel", "uri") => "urn:uuid:" + Text(body, "identifier"),
        (_, "uri") => CaseAddresses.Own(shape.Collection, Guid.Parse(Text(body, "identifier")!)),
        (_, "lastChangeDateTime") => documentTime,
        (_, "fullStatement") => First(body, "abbreviatedStatement", "alternativeLabel", "humanCodingScheme"),
        (_, "creator") => First(body, "publisher"),
        ("CFDocument", "title") => null,
        (_, "title") => First(body, "description", "licenseText", "keywords", "typeCode", "hierarchyCode") ?? Text(body, "identifier"),
        (_, "hierarchyCode") => First(body, "typeCode", "title"),
        (_, "description") => First(body, "title"),
        (_, "licenseText") => First(body, "description", "title"),
        _ => null,
    };

    private static string? First(JsonObject body, params string[] members) => members.Select(member => Text(body, member)).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));

    private static string? Text(JsonObject body, string member) => body[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
