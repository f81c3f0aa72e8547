using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PLService.Api.Tests.Contract;

/// <summary>Checks JSON against a schema of the contract. It knows the keywords that the contract uses and refuses any other, so that none is passed over.</summary>
internal sealed class SchemaCheck(ContractDocument contract)
{
    private static readonly HashSet<string> Known =
    [
        "$ref", "allOf", "oneOf", "anyOf", "type", "format", "nullable", "enum", "properties", "required", "additionalProperties", "items", "pattern",
        "minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum", "description", "default", "example", "title", "readOnly", "writeOnly", "deprecated",
    ];

    /// <summary>What does not fit, each with its JSON Pointer.</summary>
    public IEnumerable<string> FaultsOf(JsonNode? value, JsonObject schema, string at = "")
    {
        if (schema.Select(keyword => keyword.Key).FirstOrDefault(keyword => !Known.Contains(keyword)) is { } unknown)
            return [$"{at}: the schema has the keyword {unknown}, which this check does not know"];

        var nullable = (bool?)schema["nullable"] is true;
        if (value is null)
            return nullable || IsNullable(schema) ? [] : [$"{at}: null"];

        var faults = new List<string>();
        if (ContractDocument.ReferenceOf(schema) is not null)
            faults.AddRange(FaultsOf(value, contract.Resolve(schema), at));
        else
            faults.AddRange((schema["allOf"]?.AsArray() ?? []).SelectMany(part => FaultsOf(value, part!.AsObject(), at)));
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices && choices.All(choice => FaultsOf(value, choice!.AsObject(), at).Any()))
            faults.Add($"{at}: fits none of {choices.Count} schemas");
        if (schema["enum"] is JsonArray allowed && !allowed.Any(one => JsonNode.DeepEquals(one, value)))
            faults.Add($"{at}: {value.ToJsonString()} is none of {allowed.ToJsonString()}");
        faults.AddRange((string?)schema["type"] switch
        {
            null => [],
            "object" => value is JsonObject o ? OfObject(o, schema, at) : [$"{at}: {value.GetValueKind()}, no object"],
            "array" => value is JsonArray a ? OfArray(a, schema, at) : [$"{at}: {value.GetValueKind()}, no array"],
            "string" => value.GetValueKind() is JsonValueKind.String ? OfText((string)value!, schema, at) : [$"{at}: {value.GetValueKind()}, no string"],
            "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? [] : [$"{at}: {value.GetValueKind()}, no boolean"],
            var number => value.GetValueKind() is JsonValueKind.Number ? OfNumber(value, number, schema, at) : [$"{at}: {value.GetValueKind()}, no {number}"],
        });
        return faults;
    }

    private bool IsNullable(JsonObject schema) =>
        // "Anything" may be null, too.
        !schema.ContainsKey("type") && !schema.ContainsKey("$ref") && !schema.ContainsKey("allOf")
        || ContractDocument.ReferenceOf(schema) is not null && (bool?)contract.Resolve(schema)["nullable"] is true;

    private IEnumerable<string> OfObject(JsonObject value, JsonObject schema, string at)
    {
        var properties = schema["properties"]?.AsObject() ?? [];
        foreach (var missing in (schema["required"]?.AsArray() ?? []).Select(name => (string)name!).Where(name => !value.ContainsKey(name)))
            yield return $"{at}: {missing} is missing";
        foreach (var (name, member) in value)
        {
            if (properties[name] is JsonObject known)
            {
                foreach (var fault in FaultsOf(member, known, $"{at}/{name}"))
                    yield return fault;
            }
            else if (schema["additionalProperties"] is JsonObject others)
            {
                foreach (var fault in FaultsOf(member, others, $"{at}/{name}"))
                    yield return fault;
            }
            else if (schema["additionalProperties"] is JsonValue allowed && !(bool)allowed)
            {
                yield return $"{at}: {name} is not known";
            }
        }
    }

    private IEnumerable<string> OfArray(JsonArray value, JsonObject schema, string at)
    {
        if (value.Count < ((int?)schema["minItems"] ?? 0) || value.Count > ((int?)schema["maxItems"] ?? int.MaxValue))
            yield return $"{at}: {value.Count} items";
        for (var i = 0; i < value.Count; i++)
        {
            foreach (var fault in FaultsOf(value[i], schema["items"]?.AsObject() ?? [], $"{at}/{i}"))
                yield return fault;
        }
    }

    private static IEnumerable<string> OfText(string value, JsonObject schema, string at)
    {
        if (value.Length < ((int?)schema["minLength"] ?? 0) || value.Length > ((int?)schema["maxLength"] ?? int.MaxValue))
            yield return $"{at}: {value.Length} characters";
        if ((string?)schema["pattern"] is { } pattern && !Regex.IsMatch(value, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
            yield return $"{at}: '{value}' does not match {pattern}";
        var fits = (string?)schema["format"] switch
        {
            "uuid" => Guid.TryParseExact(value, "D", out _),
            "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "date-time" => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out _) && value.Contains('T', StringComparison.Ordinal),
            _ => true,
        };
        if (!fits)
            yield return $"{at}: '{value}' is no {schema["format"]}";
    }

    private static IEnumerable<string> OfNumber(JsonNode value, string type, JsonObject schema, string at)
    {
        var number = (double)value;
        if (type == "integer" && number != Math.Floor(number))
            yield return $"{at}: {number} is no integer";
        if (number < ((double?)schema["minimum"] ?? double.MinValue) || number > ((double?)schema["maximum"] ?? double.MaxValue))
            yield return string.Create(CultureInfo.InvariantCulture, $"{at}: {number} is out of range");
    }
}
