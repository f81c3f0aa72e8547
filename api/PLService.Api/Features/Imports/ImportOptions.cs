using PLService.Api.Domain.Assessments;
using PLService.Api.Features.Imports.Reading.Rosters;

namespace PLService.Api.Features.Imports;

/// <summary>What the sender asked for, as it is kept with the import.</summary>
internal sealed record ImportOptions
{
    public string? Instrument { get; init; }
    public string? InstrumentVersion { get; init; }
    public string? Round { get; init; }
    public Guid? OrganizationId { get; init; }
    public string? OrganizationIdSystem { get; init; }
    public string? OrganizationIdValue { get; init; }
    public Guid? AssessmentId { get; init; }
    public string? AssessmentExternalId { get; init; }
    public DateOnly? WindowOpens { get; init; }
    public DateOnly? WindowCloses { get; init; }
    public AssessmentMode Mode { get; init; } = AssessmentMode.Confidential;
    public bool CreateAssessments { get; init; }
    public bool CloseAssessments { get; init; }
    public OnError OnError { get; init; } = OnError.Abort;
    public bool DryRun { get; init; }
    public bool AcceptWarnings { get; init; }
    public double MaxDeactivatedShare { get; init; } = ImportRequest.DefaultMaxDeactivatedShare;
    public bool GenerateParticipantKeys { get; init; }
    public string TimeZone { get; init; } = "UTC";
    public IReadOnlyList<string> IgnoreColumns { get; init; } = [];

    /// <summary>What the machine that sent roles could do with its token, which may be less than all that it is allowed: it gives no more than that.</summary>
    public string? SenderScopes { get; init; }

    /// <summary>Which role the staff of a roster gets where they work.</summary>
    public GivenRole GiveRole { get; init; }

    /// <summary>What was found of a roster when it came.</summary>
    public RosterFindings? Roster { get; init; }

    /// <summary>Whether another request asked for the same; the list's members are compared, not the list.</summary>
    public bool IsSameAs(ImportOptions other) => this with { IgnoreColumns = other.IgnoreColumns, SenderScopes = other.SenderScopes, Roster = other.Roster } == other && IgnoreColumns.SequenceEqual(other.IgnoreColumns);
}
