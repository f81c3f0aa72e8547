using System.Text.Json;
using System.Text.Json.Serialization;

namespace PLService.Api.Domain.Assessments;

/// <summary>
/// The rating of one item: a level where the item's first axis is meant, or a level per axis. In JSON the shape tells the two apart:
/// <c>"green"</c>, or <c>{ "status": "green", "priority": "high" }</c>.
/// </summary>
/// <param name="Level">Code of the level on the item's first axis; null when there is one per axis.</param>
/// <param name="ByAxis">Code of the level per axis code, null for no rating; null when only the first axis is meant.</param>
[JsonConverter(typeof(Converter))]
public sealed record ItemRating(string? Level, IReadOnlyDictionary<string, string?>? ByAxis = null)
{
    private sealed class Converter : JsonConverter<ItemRating>
    {
        public override ItemRating Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.String => new(reader.GetString()),
            JsonTokenType.StartObject => new(null, JsonSerializer.Deserialize<Dictionary<string, string?>>(ref reader, options)),
            _ => throw new JsonException("A rating is a level code, or an object of axis codes with level codes."),
        };

        public override void Write(Utf8JsonWriter writer, ItemRating value, JsonSerializerOptions options)
        {
            if (value.ByAxis is { } byAxis)
                JsonSerializer.Serialize(writer, byAxis, options);
            else
                writer.WriteStringValue(value.Level);
        }
    }
}

/// <summary>
/// How many marks the levels of one item got: counts by level where the item's first axis is meant, or those per axis. In JSON:
/// <c>{ "green": 3, "red": 1 }</c>, or <c>{ "status": { "green": 3 }, "priority": { "high": 2 } }</c>.
/// </summary>
/// <param name="Levels">Marks by level code, on the item's first axis; null when there are some per axis.</param>
/// <param name="ByAxis">Marks by level code, per axis code; null when only the first axis is meant.</param>
[JsonConverter(typeof(Converter))]
public sealed record ItemCounts(IReadOnlyDictionary<string, int>? Levels, IReadOnlyDictionary<string, Dictionary<string, int>>? ByAxis = null)
{
    private sealed class Converter : JsonConverter<ItemCounts>
    {
        public override ItemCounts Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var ahead = reader;
            var nested = ahead.Read() && ahead.TokenType is JsonTokenType.PropertyName && ahead.Read() && ahead.TokenType is JsonTokenType.StartObject;
            return nested
                ? new(null, JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, int>>>(ref reader, options))
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
