using PLService.Api.Domain;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Toolkits;

namespace PLService.Api.Features.ToolkitRuns.Readings;

/// <summary>A text that the team reads and marks.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ToolCode">The tool.</param>
/// <param name="Title">What is read, by language.</param>
/// <param name="Link">Where it is to be had.</param>
/// <param name="Codes">The codes to mark passages with.</param>
/// <param name="Text">The text as it is now.</param>
/// <param name="Length">Its length in Unicode code points, which positions of annotations count.</param>
/// <param name="WrittenBy">Who put it there; null for a machine.</param>
/// <param name="WrittenAt">When.</param>
/// <param name="Annotations">How many passages are marked.</param>
/// <param name="Orphaned">How many of them this revision of the text does not have any more.</param>
/// <param name="Version">The number of this revision, 1 for the first; the ETag.</param>
internal sealed record ReadingResponse(
    Guid RunId,
    string ToolCode,
    Text Title,
    string? Link,
    IReadOnlyList<ReadingCode> Codes,
    string Text,
    int Length,
    TeamPerson? WrittenBy,
    DateTimeOffset WrittenAt,
    int Annotations,
    int Orphaned,
    long Version) : IVersioned
{
    internal static readonly ReadingResponse Sample = new(
        ToolkitRunResponse.Sample.Id, "1.5", Domain.Instruments.Text.En("Connecticut Guidance for a Professional Learning System"), "https://guidance.example.org",
        [new ReadingCode { Sign = "#", Label = Domain.Instruments.Text.En("Difference"), Collects = ReadingCollection.Differences }],
        "Professional learning is every educator's right.", 48, TeamPerson.Sample, ToolkitRunResponse.SampleTime, 1, 0, 1);
}

/// <summary>A revision of a text without the text.</summary>
/// <param name="Number">1 for the first text, +1 for each that replaced it.</param>
/// <param name="Length">Its length in Unicode code points.</param>
/// <param name="WrittenBy">Who put it there; null for a machine.</param>
/// <param name="WrittenAt">When.</param>
internal sealed record ReadingRevisionSummary(long Number, int Length, TeamPerson? WrittenBy, DateTimeOffset WrittenAt)
{
    internal static readonly ReadingRevisionSummary Sample = new(1, 48, TeamPerson.Sample, ToolkitRunResponse.SampleTime);
}

/// <summary>A passage that somebody marked.</summary>
/// <param name="Id">The service's id; it stays the same whatever becomes of the text.</param>
/// <param name="RunId">The run.</param>
/// <param name="ToolCode">The tool.</param>
/// <param name="Sign">The sign of its code.</param>
/// <param name="Rationale">Why it is marked.</param>
/// <param name="Person">Who marked it; null for a machine.</param>
/// <param name="Target">The passage.</param>
/// <param name="Revision">The revision of the text that the target is of: the latest one, unless it is orphaned.</param>
/// <param name="Orphaned">Whether the present text does not have the passage any more.</param>
/// <param name="MarkedText">The wording that was marked, where the passage reads differently by now.</param>
/// <param name="CreatedAt">When it was marked.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
internal sealed record AnnotationResponse(
    Guid Id,
    Guid RunId,
    string ToolCode,
    string Sign,
    string? Rationale,
    TeamPerson? Person,
    AnnotationTarget Target,
    long Revision,
    bool Orphaned,
    string? MarkedText,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version) : IVersioned
{
    internal static readonly AnnotationResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000300"), ToolkitRunResponse.Sample.Id, "1.5", "#", "Ours is for teachers only.", TeamPerson.Sample,
        new("every educator's right", "Professional learning is ", ".", 25, 47), 1, false, null, ToolkitRunResponse.SampleTime, ToolkitRunResponse.SampleTime, 1);

    internal static AnnotationResponse Of(Annotation a, IReadOnlyDictionary<Guid, string> names) => new(
        a.Id, a.RunId, a.ToolCode, a.Sign, a.Rationale, TeamPerson.Of(a.PersonId, names), AnnotationTarget.Of(a), a.Revision, a.IsOrphaned, a.MarkedText, a.CreatedAt,
        a.UpdatedAt, a.Version);
}

/// <summary>
/// A passage, as in the W3C Web Annotation Data Model: by its words (TextQuoteSelector), by its place (TextPositionSelector), or by both. Places
/// count Unicode code points from 0; <c>start</c> is that of the first character, <c>end</c> that after the last.
/// </summary>
/// <param name="Exact">The words, 10,000 characters at most.</param>
/// <param name="Prefix">What stands right before them, 500 characters at most; tells same words in several places apart.</param>
/// <param name="Suffix">What stands right after them, 500 characters at most.</param>
/// <param name="Start">Place of the first character; with <c>exact</c>, where to look first.</param>
/// <param name="End">Place after the last character.</param>
internal sealed record AnnotationTarget(string? Exact = null, string? Prefix = null, string? Suffix = null, int? Start = null, int? End = null)
{
    internal static AnnotationTarget Of(Annotation a) => new(a.Exact, a.Prefix, a.Suffix, a.StartPosition, a.EndPosition);
}
