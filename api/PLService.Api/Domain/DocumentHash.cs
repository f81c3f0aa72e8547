using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain;

/// <summary>SHA-256 of a document, the same however its members were ordered or spaced when it was read.</summary>
internal static class DocumentHash
{
    /// <summary>Lower-case hexadecimal, 64 characters.</summary>
    public static string Of<T>(T document) => Convert.ToHexStringLower(SHA256.HashData(CanonicalJson(document)));

    /// <summary>UTF-8 JSON without white space, absent members left out, members of every object sorted by code unit.</summary>
    public static byte[] CanonicalJson<T>(T document)
    {
        var node = JsonSerializer.SerializeToNode(document, InstrumentJson.Options);
        return JsonSerializer.SerializeToUtf8Bytes(Sorted(node), InstrumentJson.Options);
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(
            members.OrderBy(member => member.Key, StringComparer.Ordinal)
                .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray elements => new JsonArray([.. elements.Select(Sorted)]),
        // Zero has two signs in JSON and one in jsonb.
        JsonValue value when value.TryGetValue<double>(out var number) && number == 0 => JsonValue.Create(0d),
        _ => node?.DeepClone(),
    };
}
