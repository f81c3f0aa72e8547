using System.Text.Json;

namespace PLService.Api.Domain.Plans;

/// <summary>What an obstacle is about. The order is that of the counts in stored tallies: new kinds come at the end.</summary>
public enum ObstacleKind
{
    Schedule,
    Funding,
    Training,
    Mindset,
    DataAccess,
    Space,
    BargainingAgreement,
    Culture,
    Incentive,
    Substitutes,
    Other,
}

/// <summary>How much an obstacle is in the way.</summary>
public enum ObstacleSeverity
{
    Low,
    Medium,
    High,
}

/// <summary>What becomes of an obstacle.</summary>
public enum ObstacleStatus
{
    Open,
    Mitigating,
    Resolved,

    /// <summary>It stays, and the plan goes on with it.</summary>
    Accepted,
}

/// <summary>Something that is in the way.</summary>
internal record ObstacleContent : PartContent
{
    /// <summary>What it is, 1,000 characters at most.</summary>
    public required string Title { get; init; }

    /// <summary>What it is about.</summary>
    public required ObstacleKind Kind { get; init; }

    /// <summary>How much it is in the way; medium unless given.</summary>
    public ObstacleSeverity Severity { get; init; } = ObstacleSeverity.Medium;

    /// <summary>What is done about it, 20,000 characters at most.</summary>
    public string? Mitigation { get; init; }

    /// <summary>What becomes of it; open unless given.</summary>
    public ObstacleStatus Status { get; init; }

    /// <summary>The strategy that it is in the way of; the whole plan unless given.</summary>
    public Guid? StrategyId { get; init; }

    /// <summary>The id by which files and other systems name it, 100 characters at most; unique among the plan's obstacles.</summary>
    public string? ExternalId { get; init; }

    internal override PartLook Look => new(StrategyId, JsonNamingPolicy.CamelCase.ConvertName(Status.ToString()), ExternalId: ExternalId);
}

/// <summary>What a need is for.</summary>
public enum NeedKind
{
    ProfessionalLearning,
    Facility,
    Funding,
    Communication,
}

/// <summary>What an employee group or a site needs.</summary>
internal record NeedContent : PartContent
{
    /// <summary>What it is for.</summary>
    public required NeedKind Kind { get; init; }

    /// <summary>What is needed, 5,000 characters at most.</summary>
    public required string Description { get; init; }

    /// <summary>The employee group that needs it; all unless given.</summary>
    public People.EmployeeGroup? EmployeeGroup { get; init; }

    /// <summary>The site that needs it: an organization in the plan's subtree; all unless given.</summary>
    public Guid? SiteId { get; init; }

    /// <summary>Whether it belongs to the onboarding of new people.</summary>
    public bool IsForOnboarding { get; init; }

    /// <summary>Whether it is met.</summary>
    public bool IsMet { get; init; }

    internal override PartLook Look => new(Status: IsMet ? "met" : "open");
}
