namespace PLService.Api.Features.Imports.Reading.Columns;

/// <summary>What a column tells.</summary>
internal enum Field : byte
{
    Ignored,

    // Which assessment: the scope of a rating. Scopes are compared cell by cell, so these come first and together.
    Organization,
    OrganizationIdSystem,
    AssessmentExternalId,
    AssessmentId,
    Instrument,
    InstrumentVersion,
    Round,
    WindowOpens,
    WindowCloses,

    // Who.
    ParticipantKey,
    Role,
    Group,
    Participants,

    // What.
    Item,
    Axis,
    Level,
    Count,
    RatedAt,
    Comment,

    // Columns that come once per item or level.
    ItemRating,
    ItemComment,
    LevelCount,

    // An organization.
    Name,
    OrganizationKind,
    ParentIdSystem,
    Parent,
    TimeZone,
    OpenedOn,
    ClosedOn,
    SuccessorIdSystem,
    Successor,

    // A person.
    PersonIdSystem,
    Person,
    Email,
    GivenName,
    FamilyName,
    Position,
    EmployeeGroup,
    Language,
    Status,

    // A role of a person.
    MembershipRole,
    StartsOn,
    EndsOn,

    // A plan, its strategies, steps and obstacles; those of a plan come first and together with what they say.
    PlanRowType,
    PlanExternalId,
    PlanTitle,
    PlanStartsOn,
    PlanEndsOn,
    PlanStatus,
    PlanMarks,
    PlanVision,
    PlanDesignPhilosophy,
    PlanCommunication,
    PlanTraining,
    PlanCoaching,
    PlanEvaluation,
    PlanNotes,
    StrategyExternalId,
    StrategyTitle,
    StrategyNarrative,
    StepExternalId,
    StepTitle,
    StepDescription,
    OwnerName,
    DueOn,
    DoneOn,
    ToolsAndMaterials,
    Serves,
    ExpectedBenefits,
    ExpectedFrustrations,
    ObstacleExternalId,
    ObstacleTitle,
    ObstacleKind,
    Severity,
    Mitigation,

    // What a roster adds to organizations and people.
    RosterFile,
    RosterLine,
    RosterFault,
    RosterFaultColumn,
    RosterFaultValue,
    NcesId,
    Places,
}

/// <summary>A column of a file and what it is taken for.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Header">Its name as the file writes it, cut for messages.</param>
/// <param name="Field">What it tells.</param>
/// <param name="Code">The item or level that an <see cref="Field.ItemRating"/>, <see cref="Field.ItemComment"/> or <see
/// cref="Field.LevelCount"/> is about.</param>
/// <param name="Axis">The axis of such a rating; null for the item's first.</param>
/// <param name="IdSystem">The system of the outside id that an organization column holds; null when it is our own UUID or another
/// column tells.</param>
internal sealed record Column(int Index, string Header, Field Field, string? Code = null, string? Axis = null, string? IdSystem = null)
{
    public bool IsScope => Field is >= Field.Organization and <= Field.WindowCloses;
}
