using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PLService.Api.Domain.Instruments;

/// <summary>How instrument documents are read and written, the same for files, the database and the hash.</summary>
internal static class InstrumentJson
{
    /// <summary>Strict on reading: a misspelt, repeated or missing member is an error, not a default.</summary>
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    /// <exception cref="JsonException">The text is not JSON or not shaped like an instrument document.</exception>
    public static InstrumentDocument Read(ReadOnlySpan<byte> utf8) =>
        NotNull(JsonSerializer.Deserialize<InstrumentDocument>(utf8, Options));

    /// <exception cref="JsonException">The text is not JSON or not shaped like an instrument document.</exception>
    public static InstrumentDocument Read(string json) => NotNull(JsonSerializer.Deserialize<InstrumentDocument>(json, Options));

    public static string Write(InstrumentDocument document) => JsonSerializer.Serialize(document, Options);

    private static InstrumentDocument NotNull(InstrumentDocument? document) =>
        document ?? throw new JsonException("The instrument document is null.");

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            PropertyNameCaseInsensitive = false,
            NumberHandling = JsonNumberHandling.Strict,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            // Wording stays legible in exports; nothing embeds it in HTML unescaped.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
