using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using PLService.Api.Domain.Results;
using PLService.Api.Http;

namespace PLService.Api.Features.Results;

/// <summary>What an assessment said when it closed. It never changes.</summary>
/// <param name="AssessmentId">The assessment.</param>
/// <param name="Revision">1 for the first close, +1 for each further one.</param>
/// <param name="FrozenAt">When it was closed.</param>
/// <param name="Sha256">SHA-256 of the bytes of <c>result</c> as they are sent, lower-case hexadecimal; also the ETag, unless there is a lens.</param>
/// <param name="Result">The figures.</param>
/// <param name="Lens">The same figures by the standards of a framework; null unless a lens was asked for.</param>
internal sealed record ResultResponse(
    Guid AssessmentId,
    int Revision,
    DateTimeOffset FrozenAt,
    string Sha256,
    [property: JsonConverter(typeof(AsFrozen))] ResultDocument Result,
    LensResult? Lens = null) : IEntityTagged
{
    internal static readonly ResultResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000100"), 1, new DateTimeOffset(2026, 9, 18, 15, 0, 0, TimeSpan.Zero),
        ResultSample.Document.Hash(), ResultSample.Document);

    // What a lens shows changes with the frameworks, though the result never does.
    [JsonIgnore]
    public string EntityTag => Lens is null ? Sha256 : Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(Sha256), .. JsonSerializer.SerializeToUtf8Bytes(Lens)]));

    // jsonb keeps members in an order of its own; written again they have their own.
    internal static ResultResponse Of(Domain.Assessments.AssessmentResult stored) => new(
        stored.AssessmentId, stored.Revision, stored.FrozenAt, Convert.ToHexStringLower(stored.Sha256), ResultDocument.Read(Encoding.UTF8.GetBytes(stored.Document)));
}
