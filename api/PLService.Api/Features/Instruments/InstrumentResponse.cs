using System.Text.Json;
using System.Text.Json.Serialization;
using PLService.Api.Domain;
using PLService.Api.Domain.Instruments;
using PLService.Api.Http;

namespace PLService.Api.Features.Instruments;

/// <summary>An instrument with its versions, the newest first.</summary>
/// <param name="Code">Stable name of the instrument.</param>
/// <param name="Catalog">Whether it ships with the service; such are the same for every tenant and read-only.</param>
/// <param name="Title">Its title by language, as of its latest version.</param>
/// <param name="Versions">Its versions, the newest first.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
internal sealed record InstrumentResponse(
    string Code,
    bool Catalog,
    Text Title,
    IReadOnlyList<InstrumentVersionSummary> Versions,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version) : IVersioned
{
    internal static readonly InstrumentResponse Sample = new(
        "plsr", true, Text.En("Professional Learning System Readiness"), [InstrumentVersionSummary.Sample], InstrumentVersionSummary.SampleTime, InstrumentVersionSummary.SampleTime, 1);

    internal static InstrumentResponse Of(Instrument instrument, IEnumerable<InstrumentVersionSummary> versions) => new(
        instrument.Code,
        instrument.TenantId == Guid.Empty,
        JsonSerializer.Deserialize<Text>(instrument.Title, InstrumentJson.Options)!,
        [.. versions],
        instrument.CreatedAt,
        instrument.UpdatedAt,
        instrument.Version);
}

/// <summary>A version of an instrument without its document.</summary>
/// <param name="Label">Unique within the instrument: <c>1.0</c>.</param>
/// <param name="Status">A draft changes, a published version never does, a retired one starts no new assessment.</param>
/// <param name="Sha256">SHA-256 of the canonical document, lower-case hexadecimal: the same document has the same everywhere.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="RetiredAt">When it was retired.</param>
internal sealed record InstrumentVersionSummary(
    string Label, InstrumentVersionStatus Status, string Sha256, DateTimeOffset? PublishedAt, DateTimeOffset? RetiredAt)
{
    internal static readonly DateTimeOffset SampleTime = new(2026, 9, 1, 15, 0, 0, TimeSpan.Zero);

    internal static readonly InstrumentVersionSummary Sample =
        new("1.0", InstrumentVersionStatus.Published, "7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730", SampleTime, null);
}

/// <summary>A version of an instrument with its document.</summary>
/// <param name="Code">Code of the instrument.</param>
/// <param name="Label">Label of the version.</param>
/// <param name="Status">A draft changes, a published version never does, a retired one starts no new assessment.</param>
/// <param name="Catalog">Whether it ships with the service.</param>
/// <param name="Sha256">SHA-256 of the canonical document, lower-case hexadecimal.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="RetiredAt">When it was retired.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
/// <param name="Document">Sections, items, scales and thresholds.</param>
/// <param name="Warnings">
/// After a change: alignments that mean no standard at present, each with its place in the document, 200 at most; null when there are none.
/// </param>
internal sealed record InstrumentVersionResponse(
    string Code,
    string Label,
    InstrumentVersionStatus Status,
    bool Catalog,
    string Sha256,
    DateTimeOffset? PublishedAt,
    DateTimeOffset? RetiredAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version,
    [property: JsonConverter(typeof(AsExported))] InstrumentDocument Document,
    IReadOnlyList<ApiFault>? Warnings = null) : IVersioned
{
    internal static readonly InstrumentVersionResponse Sample = new(
        "district-pulse", "1.0", InstrumentVersionStatus.Draft, false, InstrumentVersionSummary.Sample.Sha256, null, null,
        InstrumentVersionSummary.SampleTime, InstrumentVersionSummary.SampleTime, 1, InstrumentSample.Document);

    internal static InstrumentVersionResponse Of(InstrumentVersion version) => Of(version, InstrumentJson.Read(version.Document));

    internal static InstrumentVersionResponse Of(InstrumentVersion version, InstrumentDocument document, IReadOnlyList<ApiFault>? warnings = null) => new(
        document.Code, version.Label, version.Status, version.TenantId == Guid.Empty, Convert.ToHexStringLower(version.Sha256),
        version.PublishedAt, version.RetiredAt, version.CreatedAt, version.UpdatedAt, version.Version, document, warnings);
}

/// <summary>Writes a document as an export does: members that it does not have are left out.</summary>
internal sealed class AsExported : JsonConverter<InstrumentDocument>
{
    public override InstrumentDocument? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<InstrumentDocument>(ref reader, InstrumentJson.Options);

    public override void Write(Utf8JsonWriter writer, InstrumentDocument value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, InstrumentJson.Options);
}
