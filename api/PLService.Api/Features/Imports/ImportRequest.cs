using FluentValidation;
using PLService.Api.Domain.Assessments;

namespace PLService.Api.Features.Imports;

/// <summary>Which role comes with being staff.</summary>
public enum GivenRole
{
    /// <summary>None: whoever is added can do nothing yet.</summary>
    None,

    /// <summary>Participant, in every place where the roster says that the person works.</summary>
    Participant,
}

/// <summary>What the sender of a file says about it.</summary>
public sealed class ImportRequest
{
    internal const double DefaultMaxDeactivatedShare = 0.2;

    /// <summary>What the records say: <c>readinessRatings</c> (a row per rating), <c>readinessWide</c> (a row per participant), <c>tallies</c>, <c>organizations</c>, <c>people</c>, <c>memberships</c> (a row per role of a person in a place), <c>oneRoster</c> (a zip by OneRoster 1.1 or 1.2: organizations and staff), <c>plans</c> (a row per plan, strategy, action step or obstacle: what the export of plans gives).</summary>
    public required ImportKind Kind { get; init; }

    /// <summary>Code of the instrument, for rows that do not name one.</summary>
    public string? Instrument { get; init; }

    /// <summary>Its version; the latest published one unless given.</summary>
    public string? InstrumentVersion { get; init; }

    /// <summary>Label of the round, for rows that do not name one.</summary>
    public string? Round { get; init; }

    /// <summary>The organization, for rows that do not name one.</summary>
    public Guid? OrganizationId { get; init; }

    /// <summary>System of outside ids for columns that do not tell theirs, such as <c>nces</c>.</summary>
    public string? OrganizationIdSystem { get; init; }

    /// <summary>Outside id of the organization in that system, for rows that do not name one.</summary>
    public string? OrganizationIdValue { get; init; }

    /// <summary>The assessment, for rows that do not name one.</summary>
    public Guid? AssessmentId { get; init; }

    /// <summary>External id of the assessment, for rows that do not name one.</summary>
    public string? AssessmentExternalId { get; init; }

    /// <summary>First day of the window of assessments that are created.</summary>
    public DateOnly? WindowOpens { get; init; }

    /// <summary>Last day of that window.</summary>
    public DateOnly? WindowCloses { get; init; }

    /// <summary>Mode of assessments that are created; <c>confidential</c> unless given.</summary>
    public AssessmentMode? Mode { get; init; }

    /// <summary>True creates the assessments that do not exist, where organization, instrument and round are known.</summary>
    public bool? CreateAssessments { get; init; }

    /// <summary>True closes every assessment of the file after its rows are in.</summary>
    public bool? CloseAssessments { get; init; }

    /// <summary><c>abort</c> (unless given) takes nothing of a file with errors, <c>skip</c> takes the rows without.</summary>
    public OnError? OnError { get; init; }

    /// <summary>True does everything but store.</summary>
    public bool? DryRun { get; init; }

    /// <summary>True takes unusual values (<c>import.atypical_*</c>) as right.</summary>
    public bool? AcceptWarnings { get; init; }

    /// <summary>True makes a participant of every row of a wide file that has no key.</summary>
    public bool? GenerateParticipantKeys { get; init; }

    /// <summary>Of a roster: the role that its staff gets where it works; <c>none</c> unless given. You can give it only where you could give it one by one.</summary>
    public GivenRole? GiveRole { get; init; }

    /// <summary>Of people: which share of the active ones in your reach, of a roster which share of those of its source, the file may deactivate, 0 to 1; 0.2 unless given. A file that would deactivate more is refused whole.</summary>
    public double? MaxDeactivatedShare { get; init; }

    /// <summary>IANA zone of times that name none; UTC unless given.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Names of columns to pass over, separated by commas.</summary>
    public string? IgnoreColumns { get; init; }

    /// <summary>Name of the file, for the list of imports.</summary>
    public string? FileName { get; init; }

    internal ImportOptions ToOptions() => new()
    {
        Instrument = Instrument,
        InstrumentVersion = InstrumentVersion,
        Round = Round,
        OrganizationId = OrganizationId,
        OrganizationIdSystem = OrganizationIdSystem?.ToLowerInvariant(),
        OrganizationIdValue = OrganizationIdValue,
        AssessmentId = AssessmentId,
        AssessmentExternalId = AssessmentExternalId,
        WindowOpens = WindowOpens,
        WindowCloses = WindowCloses,
        Mode = Mode ?? AssessmentMode.Confidential,
        CreateAssessments = CreateAssessments ?? false,
        CloseAssessments = CloseAssessments ?? false,
        OnError = OnError ?? Domain.Imports.OnError.Abort,
        DryRun = DryRun ?? false,
        AcceptWarnings = AcceptWarnings ?? false,
        GenerateParticipantKeys = GenerateParticipantKeys ?? false,
        MaxDeactivatedShare = MaxDeactivatedShare ?? DefaultMaxDeactivatedShare,
        GiveRole = GiveRole ?? GivenRole.None,
        TimeZone = TimeZone ?? "UTC",
        IgnoreColumns = IgnoreColumns?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
    };

    public sealed class Validator : AbstractValidator<ImportRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Round).Length(1, Assessment.RoundMaxLength);
            RuleFor(request => request.AssessmentExternalId).Length(1, Assessment.ExternalIdMaxLength);
            RuleFor(request => request.FileName).MaximumLength(Import.FileNameMaxLength);
            RuleFor(request => request.TimeZone).Must(zone => zone is null || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
                .WithErrorCode("organization.unknown_time_zone").WithMessage("'{PropertyValue}' is not an IANA time zone such as America/Los_Angeles.");
            RuleFor(request => request.OrganizationIdSystem).NotEmpty().When(request => request.OrganizationIdValue is not null)
                .WithMessage("An outside id needs its system, such as nces.");
            RuleFor(request => request.MaxDeactivatedShare).InclusiveBetween(0, 1);
            RuleFor(request => request.WindowCloses).GreaterThanOrEqualTo(request => request.WindowOpens!.Value).When(request => request is { WindowOpens: not null, WindowCloses: not null });
        }
    }
}
