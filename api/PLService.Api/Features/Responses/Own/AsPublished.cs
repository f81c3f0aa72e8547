using System.Text.Json;
using System.Text.Json.Serialization;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Features.Responses.Own;

/// <summary>Writes an instrument as it was published: members that it does not have are left out.</summary>
internal sealed class AsPublished : JsonConverter<InstrumentDocument>
{
    public override InstrumentDocument? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<InstrumentDocument>(ref reader, InstrumentJson.Options);

    public override void Write(Utf8JsonWriter writer, InstrumentDocument value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, InstrumentJson.Options);
}
