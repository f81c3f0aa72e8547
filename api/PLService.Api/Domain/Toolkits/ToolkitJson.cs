using System.Text.Json;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Toolkits;

/// <summary>How toolkit documents are read and written, the same for files, the database and the hash.</summary>
internal static class ToolkitJson
{
    /// <summary>As strict as for instruments.</summary>
    public static JsonSerializerOptions Options => InstrumentJson.Options;

    /// <exception cref="JsonException">The text is not JSON or not shaped like a toolkit document.</exception>
    public static ToolkitDocument Read(string json) =>
        JsonSerializer.Deserialize<ToolkitDocument>(json, Options) ?? throw new JsonException("The toolkit document is null.");

    public static string Write(ToolkitDocument document) => JsonSerializer.Serialize(document, Options);
}
