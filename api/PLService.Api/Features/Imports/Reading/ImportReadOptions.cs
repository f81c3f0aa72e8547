namespace PLService.Api.Features.Imports.Reading;

/// <summary>What the sender declared about a file, and what the service knows before it reads.</summary>
internal sealed record ImportReadOptions
{
    public required ImportKind Kind { get; init; }

    public required ImportFormat Format { get; init; }

    /// <summary>The Content-Encoding of the upload: null, "identity" or "gzip". Gzip is recognized without it, too.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>Values for what the file leaves out; a filled cell goes before them.</summary>
    public ImportDefaults Defaults { get; init; } = new();

    /// <summary>In a wide file without a participant column, every record becomes a participant of its own, keyed by its number.</summary>
    public bool GenerateParticipantKeys { get; init; }

    /// <summary>The zone of times that name none, as form tools write them.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Column names that the sender wants passed over.</summary>
    public IReadOnlyCollection<string> IgnoredColumns { get; init; } = [];

    /// <summary>The items that a column may name; null when the instrument is not known before the rows are.</summary>
    public IReadOnlyCollection<KnownItem>? KnownItems { get; init; }

    /// <summary>The level codes that a column of counts may name; null when the instrument is not known before the rows are.</summary>
    public IReadOnlyCollection<string>? KnownLevels { get; init; }

    /// <summary>The systems of outside ids in use, such as "nces"; null accepts any.</summary>
    public IReadOnlyCollection<string>? KnownIdSystems { get; init; }
}

/// <param name="Code">The item's stable code.</param>
/// <param name="Texts">Its wordings, by which a form's column without a code is recognized.</param>
internal sealed record KnownItem(string Code, params IReadOnlyList<string> Texts);

/// <summary>What the request says once instead of every row.</summary>
internal sealed record ImportDefaults
{
    public OrganizationReference? Organization { get; init; }

    public string? OrganizationIdSystem { get; init; }

    public string? AssessmentExternalId { get; init; }

    public Guid? AssessmentId { get; init; }

    public string? Instrument { get; init; }

    public string? InstrumentVersion { get; init; }

    public string? Round { get; init; }

    public DateOnly? WindowOpens { get; init; }

    public DateOnly? WindowCloses { get; init; }
}
