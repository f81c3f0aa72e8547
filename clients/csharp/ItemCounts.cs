using System.Text.Json;
using System.Text.Json.Serialization;

namespace PLService.Client;

/// <summary>How many marks the levels of one item got: by level where the item's first axis is meant, or by axis and level.</summary>
/// <param name="Levels">Marks by level code, on the item's first axis; null when there are some per axis.</param>
/// <param name="ByAxis">Marks by level code, per axis code; null when only the first axis is meant.</param>
[JsonConverter(typeof(Converter))]
public sealed record ItemCounts(
    IReadOnlyDictionary<string, int>? Levels, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>>? ByAxis = null)
{
    private sealed class Converter : JsonConverter<ItemCounts>
    {
        public override ItemCounts Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            // A number behind the first name is a count, an object is an axis.
            var ahead = reader;
            var nested = ahead.Read() && ahead.TokenType is JsonTokenType.PropertyName && ahead.Read() && ahead.TokenType is JsonTokenType.StartObject;
            return nested
                ? new(null, JsonSerializer.Deserialize<Dictionary<string, IReadOnlyDictionary<string, int>>>(ref reader, options))
                : new(JsonSerializer.Deserialize<Dictionary<string, int>>(ref reader, options));
        }

        public override void Write(Utf8JsonWriter writer, ItemCounts value, JsonSerializerOptions options)
        {
            if (value.ByAxis is { } byAxis)
                JsonSerializer.Serialize(writer, byAxis, options);
            else
                JsonSerializer.Serialize(writer, value.Levels, options);
        }
    }
}
