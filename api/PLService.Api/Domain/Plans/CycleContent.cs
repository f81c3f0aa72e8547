using System.Text.Json;

namespace PLService.Api.Domain.Plans;

/// <summary>The stages of an improvement cycle, in their order.</summary>
public enum CycleStage
{
    Research,
    Identify,
    Implement,
    Evaluate,
    Review,
}

/// <summary>What is decided at the end of a cycle.</summary>
public enum CycleDecision
{
    /// <summary>It works: it becomes usual practice.</summary>
    Adopt,

    /// <summary>It is changed, and goes round again.</summary>
    Adapt,

    /// <summary>It goes on a while before it is decided.</summary>
    Extend,
    Abandon,
}

/// <summary>An improvement cycle of a strategy: research, identify, implement, evaluate, review.</summary>
internal record CycleContent : PartContent
{
    /// <summary>The strategy.</summary>
    public required Guid StrategyId { get; init; }

    /// <summary>What is tried, 300 characters at most.</summary>
    public required string Title { get; init; }

    /// <summary>How far it is; research unless given.</summary>
    public CycleStage Stage { get; init; }

    /// <summary>When it began.</summary>
    public DateOnly? StartsOn { get; init; }

    /// <summary>When it is to be reviewed.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>What research and data say, 20,000 characters at most as the other stages.</summary>
    public string? Research { get; init; }

    /// <summary>Which practice was chosen, and why.</summary>
    public string? Identify { get; init; }

    /// <summary>What was done.</summary>
    public string? Implement { get; init; }

    /// <summary>What came of it.</summary>
    public string? Evaluate { get; init; }

    /// <summary>What the data say about what comes next.</summary>
    public string? Review { get; init; }

    /// <summary>The decision at the end.</summary>
    public CycleDecision? Decision { get; init; }

    /// <summary>Why it was decided so, 5,000 characters at most.</summary>
    public string? DecisionReason { get; init; }

    /// <summary>When it was decided.</summary>
    public DateOnly? DecidedOn { get; init; }

    internal override PartLook Look => new(StrategyId, Decision is null ? JsonNamingPolicy.CamelCase.ConvertName(Stage.ToString()) : "decided", StartsOn, DueOn, DecidedOn);
}

/// <summary>A measure of a cycle.</summary>
internal record MeasureContent : PartContent
{
    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>What is measured, 300 characters at most.</summary>
    public required string Name { get; init; }

    /// <summary>What it is measured in, such as <c>%</c> or <c>teams</c>; 50 characters at most.</summary>
    public string? Unit { get; init; }

    /// <summary>What it was before.</summary>
    public decimal? Baseline { get; init; }

    /// <summary>What it is to become.</summary>
    public decimal? Target { get; init; }

    /// <summary>What was found, by day, a value a day at most and 500 in all.</summary>
    public IReadOnlyList<MeasuredValue> Values { get; init; } = [];

    internal override PartLook Look => new(CycleId);
}

/// <summary>What was found on a day.</summary>
/// <param name="On">The day.</param>
/// <param name="Value">The value.</param>
/// <param name="Note">What is to be known about it, 500 characters at most.</param>
internal sealed record MeasuredValue(DateOnly On, decimal Value, string? Note = null);
