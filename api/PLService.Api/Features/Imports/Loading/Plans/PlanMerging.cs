using System.Text.Json.Nodes;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Imports.Loading.Plans;

/// <summary>Puts what a file tells into contents.</summary>
internal static class PlanMerging
{
    /// <summary>Takes over what is told; what differs only in blanks that a file cannot keep stays as it is.</summary>
    public static void Take(JsonObject content, JsonObject told)
    {
        foreach (var (member, value) in told)
        {
            if (IsSame(content[member], value))
                continue;
            if (value is null)
                content.Remove(member);
            else
                content[member] = value.DeepClone();
        }
    }

    /// <summary>Whether two values are the same but for blanks at the ends of texts.</summary>
    public static bool IsSame(JsonNode? stored, JsonNode? told) => (stored, told) switch
    {
        (JsonArray some, JsonArray others) => some.Count == others.Count && some.Zip(others).All(pair => IsSame(pair.First, pair.Second)),
        (JsonValue one, JsonValue other) when one.TryGetValue<string>(out var text) && other.TryGetValue<string>(out var said) => text.Trim() == said,
        _ => JsonNode.DeepEquals(stored, told),
    };

    /// <summary>The standards that a content names.</summary>
    public static IEnumerable<ServedStandard> Serves(JsonObject content) =>
        (content["serves"] as JsonArray ?? []).Select(served => new ServedStandard((string)served!["framework"]!, (string)served["code"]!));
}
