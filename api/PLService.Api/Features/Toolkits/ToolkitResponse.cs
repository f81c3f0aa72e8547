using System.Text.Json;
using System.Text.Json.Serialization;
using PLService.Api.Domain;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Toolkits;

namespace PLService.Api.Features.Toolkits;

/// <summary>A toolkit with its versions, the newest first.</summary>
/// <param name="Code">Stable name of the toolkit.</param>
/// <param name="Catalog">Whether it ships with the service; such are the same for every tenant and read-only.</param>
/// <param name="Title">Its title by language, as of its latest version.</param>
/// <param name="Versions">Its versions, the newest first.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
internal sealed record ToolkitResponse(
    string Code,
    bool Catalog,
    Text Title,
    IReadOnlyList<ToolkitVersionSummary> Versions,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version) : IVersioned
{
    internal static readonly ToolkitResponse Sample = new(
        "ct-foundations", true, Text.En("Professional Learning System Foundations Toolkit"), [ToolkitVersionSummary.Sample], ToolkitVersionSummary.SampleTime, ToolkitVersionSummary.SampleTime, 1);

    internal static ToolkitResponse Of(Toolkit toolkit, IEnumerable<ToolkitVersionSummary> versions) => new(
        toolkit.Code,
        toolkit.TenantId == Guid.Empty,
        JsonSerializer.Deserialize<Text>(toolkit.Title, ToolkitJson.Options)!,
        [.. versions],
        toolkit.CreatedAt,
        toolkit.UpdatedAt,
        toolkit.Version);
}

/// <summary>A version of a toolkit without its document.</summary>
/// <param name="Label">Unique within the toolkit: <c>1.0</c>.</param>
/// <param name="Status">A draft changes, a published version never does, a retired one is begun by no further team.</param>
/// <param name="Sha256">SHA-256 of the canonical document, lower-case hexadecimal: the same document has the same everywhere.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="RetiredAt">When it was retired.</param>
internal sealed record ToolkitVersionSummary(
    string Label, ToolkitVersionStatus Status, string Sha256, DateTimeOffset? PublishedAt, DateTimeOffset? RetiredAt)
{
    internal static readonly DateTimeOffset SampleTime = new(2026, 9, 1, 15, 0, 0, TimeSpan.Zero);

    internal static readonly ToolkitVersionSummary Sample =
        new("1.0", ToolkitVersionStatus.Published, "7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730", SampleTime, null);
}

/// <summary>A version of a toolkit with its document.</summary>
/// <param name="Code">Code of the toolkit.</param>
/// <param name="Label">Label of the version.</param>
/// <param name="Status">A draft changes, a published version never does, a retired one is begun by no further team.</param>
/// <param name="Catalog">Whether it ships with the service.</param>
/// <param name="Sha256">SHA-256 of the canonical document, lower-case hexadecimal.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="RetiredAt">When it was retired.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
/// <param name="Document">The tools.</param>
internal sealed record ToolkitVersionResponse(
    string Code,
    string Label,
    ToolkitVersionStatus Status,
    bool Catalog,
    string Sha256,
    DateTimeOffset? PublishedAt,
    DateTimeOffset? RetiredAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version,
    [property: JsonConverter(typeof(AsExportedToolkit))] ToolkitDocument Document) : IVersioned
{
    internal static readonly ToolkitVersionResponse Sample = new(
        "book-study", "1.0", ToolkitVersionStatus.Draft, false, ToolkitVersionSummary.Sample.Sha256, null, null,
        ToolkitVersionSummary.SampleTime, ToolkitVersionSummary.SampleTime, 1, ToolkitSample.Document);

    internal static ToolkitVersionResponse Of(ToolkitVersion version) => Of(version, ToolkitJson.Read(version.Document));

    internal static ToolkitVersionResponse Of(ToolkitVersion version, ToolkitDocument document) => new(
        document.Code, version.Label, version.Status, version.TenantId == Guid.Empty, Convert.ToHexStringLower(version.Sha256),
        version.PublishedAt, version.RetiredAt, version.CreatedAt, version.UpdatedAt, version.Version, document);
}

/// <summary>Writes a document as an export does: members that it does not have are left out.</summary>
internal sealed class AsExportedToolkit : JsonConverter<ToolkitDocument>
{
    public override ToolkitDocument? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<ToolkitDocument>(ref reader, ToolkitJson.Options);

    public override void Write(Utf8JsonWriter writer, ToolkitDocument value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, ToolkitJson.Options);
}
