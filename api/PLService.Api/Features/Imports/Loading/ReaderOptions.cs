using System.Text.Json;
using System.Text.Json.Serialization;
using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>What the reader of the file needs to know of the import.</summary>
internal static class ReaderOptions
{
    public static ImportReadOptions Of(Import import, ImportOptions options) => new()
    {
        Kind = import.Kind,
        Format = import.Format,
        ContentEncoding = import.ContentEncoding,
        GenerateParticipantKeys = options.GenerateParticipantKeys,
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone),
        IgnoredColumns = options.IgnoreColumns,
        Defaults = new ImportDefaults
        {
            Organization = options.OrganizationId is { } id ? new(null, null, id)
                : options.OrganizationIdValue is { } value ? new(options.OrganizationIdSystem, value, null)
                : null,
            OrganizationIdSystem = options.OrganizationIdSystem,
            AssessmentExternalId = options.AssessmentExternalId,
            AssessmentId = options.AssessmentId,
            Instrument = options.Instrument,
            InstrumentVersion = options.InstrumentVersion,
            Round = options.Round,
            WindowOpens = options.WindowOpens,
            WindowCloses = options.WindowCloses,
        },
    };
}

/// <summary>How options are kept.</summary>
internal static class ImportJson
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write(ImportOptions options) => JsonSerializer.Serialize(options, Json);

    public static ImportOptions Read(string json) => JsonSerializer.Deserialize<ImportOptions>(json, Json)!;

    public static ImportReceipt? ReadReceipt(string? json) => json is null ? null : JsonSerializer.Deserialize<ImportReceipt>(json, Json);
}
