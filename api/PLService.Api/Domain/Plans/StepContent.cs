using System.Text.Json;

namespace PLService.Api.Domain.Plans;

/// <summary>How far an action step is.</summary>
public enum StepStatus
{
    NotStarted,
    InProgress,
    Done,

    /// <summary>Given up on purpose; it is neither due nor done.</summary>
    Dropped,
}

/// <summary>An action step: who does what by when.</summary>
internal record StepContent : PartContent, IServing
{
    /// <summary>What is done, 1,000 characters at most.</summary>
    public required string Title { get; init; }

    /// <summary>The strategy that it belongs to.</summary>
    public Guid? StrategyId { get; init; }

    /// <summary>More about it, 20,000 characters at most.</summary>
    public string? Description { get; init; }

    /// <summary>The person who sees to it.</summary>
    public Guid? OwnerPersonId { get; init; }

    /// <summary>The team that sees to it.</summary>
    public Guid? OwnerTeamId { get; init; }

    /// <summary>Who sees to it, in words, where it is neither a person nor a team of the service; 200 characters at most.</summary>
    public string? OwnerName { get; init; }

    /// <summary>When it begins.</summary>
    public DateOnly? StartsOn { get; init; }

    /// <summary>When it is due: the column of the chart that it stands in.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>How far it is; not started unless given.</summary>
    public StepStatus Status { get; init; }

    /// <summary>When it was done; with status done, today unless given.</summary>
    public DateOnly? DoneOn { get; init; }

    /// <summary>Tools and materials that it needs, 50 at most of 300 characters.</summary>
    public IReadOnlyList<string> ToolsAndMaterials { get; init; } = [];

    /// <summary>Standards and components that it serves, 50 at most.</summary>
    public IReadOnlyList<ServedStandard> Serves { get; init; } = [];

    /// <summary>What it will be good for, as a best guess.</summary>
    public string? ExpectedBenefits { get; init; }

    /// <summary>What will be hard about it, as a best guess.</summary>
    public string? ExpectedFrustrations { get; init; }

    /// <summary>The priority that it acts on.</summary>
    public Guid? PriorityId { get; init; }

    /// <summary>The rating that caused it.</summary>
    public StepCause? Cause { get; init; }

    /// <summary>The id by which files and other systems name it, 100 characters at most; unique among the plan's steps.</summary>
    public string? ExternalId { get; init; }

    internal override PartLook Look => new(
        StrategyId, JsonNamingPolicy.CamelCase.ConvertName(Status.ToString()), StartsOn, DueOn, DoneOn, OwnerPersonId, OwnerTeamId, PriorityId,
        Cause?.AssessmentId, Cause?.Item, ExternalId);
}

/// <summary>A rating that caused a step.</summary>
/// <param name="AssessmentId">The assessment.</param>
/// <param name="Item">Code of the item: <c>RES.1</c>.</param>
internal sealed record StepCause(Guid AssessmentId, string Item);

/// <summary>What somebody says of a step's progress.</summary>
internal record ProgressNoteContent : PartContent
{
    /// <summary>The step.</summary>
    public required Guid StepId { get; init; }

    /// <summary>The note, 5,000 characters at most.</summary>
    public required string Text { get; init; }

    internal override PartLook Look => new(StepId);
}
