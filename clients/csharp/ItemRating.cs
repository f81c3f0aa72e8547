using System.Text.Json;
using System.Text.Json.Serialization;

namespace PLService.Client;

/// <summary>
/// The rating of one item: a level where the item's first axis is meant, or a level per axis. A string is a rating on the first axis:
/// <c>Ratings = new Dictionary&lt;string, ItemRating?&gt; { ["VIS.1"] = "green" }</c>.
/// </summary>
/// <param name="Level">Code of the level on the item's first axis; null when there is one per axis.</param>
/// <param name="ByAxis">Code of the level per axis code, null for no rating; null when only the first axis is meant.</param>
[JsonConverter(typeof(Converter))]
public sealed record ItemRating(string? Level, IReadOnlyDictionary<string, string?>? ByAxis = null)
{
    /// <summary>A rating on the item's first axis.</summary>
    public static implicit operator ItemRating(string level) => new(level);

    private sealed class Converter : JsonConverter<ItemRating>
    {
        public override ItemRating Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String
                ? new(reader.GetString())
                : new(null, JsonSerializer.Deserialize<Dictionary<string, string?>>(ref reader, options));

        public override void Write(Utf8JsonWriter writer, ItemRating value, JsonSerializerOptions options)
        {
            if (value.ByAxis is { } byAxis)
                JsonSerializer.Serialize(writer, byAxis, options);
            else
                writer.WriteStringValue(value.Level);
        }
    }
}
