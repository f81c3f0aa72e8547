using System.Text.Json;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Toolkits;

/// <summary>How toolkit documents are read and written, the same for files, the database and the hash.</summary>
internal static class ToolkitJson
{
    /// <summary>As strict as for instruments.</summary>
    public static JsonSerializerOptions Options => InstrumentJson.Options;

    /// <exception cref="JsonException">The text is not JSON or not shaped like a toolkit document.</exception>
    public static ToolkitDocument Read(ReadOnlySpan<byte> utf8) => NotNull(JsonSerializer.Deserialize<ToolkitDocument>(utf8, Options));

    /// <exception cref="JsonException">The text is not JSON or not shaped like a toolkit document.</exception>
    public static ToolkitDocument Read(string json) => NotNull(JsonSerializer.Deserialize<ToolkitDocument>(json, Options));

    public static string Write(ToolkitDocument document) => JsonSerializer.Serialize(document, Options);

    private static ToolkitDocument NotNull(ToolkitDocument? document) => document ?? throw new JsonException("The toolkit document is null.");
}
