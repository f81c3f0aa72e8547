using System.Text.Json.Nodes;

namespace PLService.Api.Tests.Contract;

/// <summary>What changed between two schemas to the harm of who writes the one (a request) or reads the other (a response).</summary>
internal sealed class SchemaComparison(ContractDocument before, ContractDocument after, bool isRequest)
{
    private static readonly string[] Rules = ["pattern", "maxLength", "minLength", "maximum", "minimum", "maxItems", "minItems"];

    // A schema that contains itself is compared once.
    private readonly HashSet<(string, string)> _seen = [];

    public IEnumerable<string> Changes(JsonObject old, JsonObject now, string at)
    {
        if (ContractDocument.ReferenceOf(old) is { } former && ContractDocument.ReferenceOf(now) is { } present && !_seen.Add((former, present)))
            return [];

        var (wasNullable, isNullable) = (IsNullable(before, old), IsNullable(after, now));
        (old, now) = (before.Resolve(old), after.Resolve(now));
        var changes = new List<string>();
        if (TypeOf(old) != TypeOf(now))
            changes.Add($"{at} is {TypeOf(now)}, was {TypeOf(old)}");
        if (isRequest ? wasNullable && !isNullable : !wasNullable && isNullable)
            changes.Add(isRequest ? $"{at} may not be null any more" : $"{at} may be null now");
        changes.AddRange(Removed(old, now).Select(value => $"{at} lost the value {value}"));
        if (isRequest && now["enum"] is not null && old["enum"] is null)
            changes.Add($"{at} takes only certain values now");
        if (isRequest)
            changes.AddRange(Rules.Where(rule => now[rule] is not null && !IsWider(rule, old[rule], now[rule]!)).Select(rule => $"{at} has a new rule: {rule} {now[rule]}"));
        if (old["items"] is JsonObject oldItems && now["items"] is JsonObject items)
            changes.AddRange(Changes(oldItems, items, at + "[]"));
        if (old["additionalProperties"] is JsonObject oldOthers && now["additionalProperties"] is JsonObject others)
            changes.AddRange(Changes(oldOthers, others, at + ".*"));
        changes.AddRange(Members(old, now, at));
        return changes;
    }

    private IEnumerable<string> Members(JsonObject old, JsonObject now, string at)
    {
        JsonObject known = old["properties"]?.AsObject() ?? [], present = now["properties"]?.AsObject() ?? [];
        HashSet<string> wasRequired = Required(old), isRequired = Required(now);
        foreach (var (name, schema) in known)
        {
            if (present[name] is not JsonObject member)
            {
                yield return $"{at}.{name} is gone";
                continue;
            }

            if (isRequest && isRequired.Contains(name) && !wasRequired.Contains(name))
                yield return $"{at}.{name} is required now";
            if (!isRequest && wasRequired.Contains(name) && !isRequired.Contains(name))
                yield return $"{at}.{name} may be missing now";
            foreach (var change in Changes(schema!.AsObject(), member, $"{at}.{name}"))
                yield return change;
        }

        if (isRequest)
        {
            foreach (var name in present.Select(member => member.Key).Where(name => known[name] is null && isRequired.Contains(name)))
                yield return $"{at}.{name} is new and required";
        }
    }

    private static IEnumerable<string> Removed(JsonObject old, JsonObject now) => now["enum"] is JsonArray values && old["enum"] is JsonArray formerly
        ? formerly.Select(value => $"{value}").Except(values.Select(value => $"{value}"))
        : [];

    private static bool IsWider(string rule, JsonNode? old, JsonNode now) => old is not null && (rule == "pattern"
        ? JsonNode.DeepEquals(old, now)
        : rule.StartsWith("max", StringComparison.Ordinal) ? (double)now >= (double)old : (double)now <= (double)old);

    private static bool IsNullable(ContractDocument contract, JsonObject schema) => (bool?)schema["nullable"] is true || (bool?)contract.Resolve(schema)["nullable"] is true;

    private static HashSet<string> Required(JsonObject schema) => [.. (schema["required"]?.AsArray() ?? []).Select(name => (string)name!)];

    private static string TypeOf(JsonObject schema) => $"{schema["type"] ?? "anything"}{(schema["format"] is { } format ? $" ({format})" : "")}";
}
