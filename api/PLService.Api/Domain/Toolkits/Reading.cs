namespace PLService.Api.Domain.Toolkits;

/// <summary>A text that a team reads and marks. Its version is the number of its latest revision.</summary>
public sealed class Reading : TenantEntity
{
    /// <summary>Characters (UTF-16 code units) of the text.</summary>
    public const int TextMaxLength = 500_000;

    /// <summary>How many revisions are kept.</summary>
    public const int MaxRevisions = 200;

    private Reading()
    {
    }

    public Guid RunId { get; private init; }
    public string ToolCode { get; private init; } = "";

    public static Reading Create(Guid runId, string toolCode) => new() { RunId = runId, ToolCode = toolCode };
}

/// <summary>The text as it was from one revision on. Rows are only ever added.</summary>
public sealed class ReadingRevision : ITenantOwned
{
    public Guid TenantId { get; private init; }
    public Guid ReadingId { get; init; }

    /// <summary>1 for the first text, +1 for each that replaced it.</summary>
    public long Revision { get; init; }

    public string Text { get; init; } = "";

    /// <summary>Length in Unicode code points.</summary>
    public int Length { get; init; }

    public Guid? PersonId { get; init; }
    public Guid? ApiClientId { get; init; }
    public DateTimeOffset At { get; init; }
}

/// <summary>A passage that somebody marked, and why.</summary>
public sealed class Annotation : TenantEntity
{
    public const int RationaleMaxLength = 5_000;
    public const int ExactMaxLength = 10_000;
    public const int ContextMaxLength = 500;
    public const int SourceIdMaxLength = 1_000;

    /// <summary>How many one reading may have.</summary>
    public const int MaxPerReading = 2_000;

    private Annotation()
    {
    }

    public Guid RunId { get; private init; }
    public Guid ReadingId { get; private init; }
    public string ToolCode { get; private init; } = "";

    /// <summary>The sign of its code: <c>+</c>.</summary>
    public string Sign { get; private set; } = "";

    public string? Rationale { get; private set; }
    public string Exact { get; private set; } = "";
    public string Prefix { get; private set; } = "";
    public string Suffix { get; private set; } = "";

    /// <summary>First character of the passage, in Unicode code points from 0.</summary>
    public int StartPosition { get; private set; }

    /// <summary>The character after its last one.</summary>
    public int EndPosition { get; private set; }

    /// <summary>The revision of the text that quote and position are of.</summary>
    public long Revision { get; private set; }

    /// <summary>Whether the present text does not have the passage any more.</summary>
    public bool IsOrphaned { get; private set; }

    /// <summary>The wording that was marked, where the passage reads differently by now.</summary>
    public string? MarkedText { get; private set; }

    /// <summary>The IRI that it had where it was brought in from.</summary>
    public string? SourceId { get; private init; }

    public Guid? PersonId { get; private init; }
    public Guid? ApiClientId { get; private init; }

    internal static Annotation Create(Reading reading, TextAnchor anchor, string sign, string? rationale, Guid? personId, Guid? apiClientId, string? sourceId = null, Guid? id = null)
    {
        var annotation = new Annotation
        {
            Id = id ?? Guid.CreateVersion7(),
            RunId = reading.RunId,
            ReadingId = reading.Id,
            ToolCode = reading.ToolCode,
            PersonId = personId,
            ApiClientId = apiClientId,
            SourceId = sourceId,
        };
        annotation.Judge(sign, rationale);
        annotation.Anchor(anchor, reading.Version);
        return annotation;
    }

    public void Judge(string sign, string? rationale) => (Sign, Rationale) = (sign, string.IsNullOrEmpty(rationale) ? null : rationale);

    internal TextAnchor AnchorNow() => new(Exact, Prefix, Suffix, StartPosition, EndPosition);

    /// <summary>Lays it on a passage that somebody chose.</summary>
    internal void Anchor(TextAnchor anchor, long revision)
    {
        MarkedText = null;
        Take(anchor, revision);
    }

    /// <summary>Follows its passage into another revision; null says that the passage is not there.</summary>
    internal void Follow(TextAnchor? anchor, long revision)
    {
        if (anchor is null)
        {
            IsOrphaned = true;
            return;
        }

        var marked = MarkedText ?? Exact;
        Take(anchor, revision);
        MarkedText = marked == Exact ? null : marked;
    }

    private void Take(TextAnchor anchor, long revision) =>
        (Exact, Prefix, Suffix, StartPosition, EndPosition, Revision, IsOrphaned) = (anchor.Exact, anchor.Prefix, anchor.Suffix, anchor.Start, anchor.End, revision, false);
}

public static class ReadingErrors
{
    public static readonly DomainError NoReading = new("reading.tool_has_none", "This tool has no text to read and mark.");
    public static readonly DomainError TooManyRevisions = new("reading.too_many_revisions", "The text was replaced as often as it can be.");
    public static readonly DomainError TooManyAnnotations = new("annotation.too_many", "The text has as many marks as it can have.");
    public static readonly DomainError NotYours = new("annotation.not_yours", "Only who set a mark, and who leads the team, changes or removes it.");
}

public static class AnnotationFaults
{
    public static readonly DomainError UnknownSign = new("annotation.unknown_sign", "The tool has no code with this sign.");
    public static readonly DomainError QuoteNotFound = new("annotation.quote_not_found", "The text does not have this passage.");
    public static readonly DomainError BadTarget = new("annotation.bad_target", "A target names a passage by its exact words, by start and end, or by both.");
}
