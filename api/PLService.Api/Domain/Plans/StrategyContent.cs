namespace PLService.Api.Domain.Plans;

/// <summary>A strategy: a way to the vision, of which action steps are made.</summary>
internal record StrategyContent : PartContent, IServing
{
    /// <summary>What it is called, 300 characters at most.</summary>
    public required string Title { get; init; }

    /// <summary>Why and how, 20,000 characters at most.</summary>
    public string? Narrative { get; init; }

    /// <summary>Standards and components that it serves, 50 at most.</summary>
    public IReadOnlyList<ServedStandard> Serves { get; init; } = [];

    /// <summary>The priority that it acts on.</summary>
    public Guid? PriorityId { get; init; }

    /// <summary>The id by which files and other systems name it, 100 characters at most; unique among the plan's strategies.</summary>
    public string? ExternalId { get; init; }

    internal override PartLook Look => new(PriorityId: PriorityId, ExternalId: ExternalId);
}

/// <summary>An if / then statement of the theory of action.</summary>
internal record StatementContent : PartContent
{
    /// <summary>The group that it stands in, such as <c>Motivation</c>; 100 characters at most.</summary>
    public string? Group { get; init; }

    /// <summary>If we do this; 2,000 characters at most.</summary>
    public required string If { get; init; }

    /// <summary>Then this will follow; 2,000 characters at most.</summary>
    public required string Then { get; init; }

    internal override PartLook Look => new();
}

/// <summary>What one person writes for themselves of where we want to be one year from today, before the team agrees on a vision.</summary>
internal record QuickWriteContent : PartContent
{
    /// <summary>The answer, 5,000 characters at most.</summary>
    public required string Text { get; init; }

    internal override PartLook Look => new();
}
