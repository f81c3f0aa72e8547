namespace PLService.Api.Domain.Plans;

/// <summary>What a plan says itself; its strategies, steps and other parts stand beside it.</summary>
internal record PlanContent
{
    public const int WordsMaxLength = 20_000;
    public const int MaxMarks = 12;

    /// <summary>The columns of a chart unless others are wanted.</summary>
    public static readonly IReadOnlyList<int> UsualMarks = [30, 60, 90, 120];

    /// <summary>What it is called, 200 characters at most.</summary>
    public required string Title { get; init; }

    /// <summary>First day of the period; day 0 of the chart.</summary>
    public required DateOnly StartsOn { get; init; }

    /// <summary>Last day of the period, ten years after the first at most.</summary>
    public required DateOnly EndsOn { get; init; }

    /// <summary>Days after the first at which the columns of the chart end, ascending, 12 at most; 30, 60, 90 and 120 unless given.</summary>
    public IReadOnlyList<int> Marks { get; init; } = UsualMarks;

    /// <summary>The id by which files and other systems name it, 100 characters at most; unique in the organization.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Where do we want to be one year from today: what was agreed, 20,000 characters at most as all texts of a plan.</summary>
    public string? Vision { get; init; }

    /// <summary>What the work is designed by.</summary>
    public string? DesignPhilosophy { get; init; }

    /// <summary>Who is told what, when and how, and how they answer.</summary>
    public string? CommunicationPlan { get; init; }

    /// <summary>Who learns what, with follow-through.</summary>
    public string? TrainingPlan { get; init; }

    /// <summary>How coaching and mentoring are done, for which employees.</summary>
    public string? CoachingModel { get; init; }

    /// <summary>How the plan's effect is evaluated.</summary>
    public string? EvaluationPlan { get; init; }

    /// <summary>The organization's use for words that have no place elsewhere.</summary>
    public string? Notes { get; init; }

    /// <summary>The content alone, without what a request or an answer adds to it.</summary>
    internal PlanContent Alone() => new(this);
}

/// <summary>What one part of a plan says.</summary>
internal abstract record PartContent
{
    /// <summary>Where it stands among its kind, 0 first; at the end unless given.</summary>
    public int? Position { get; init; }

    /// <summary>What of it is looked for.</summary>
    internal abstract PartLook Look { get; }
}

/// <summary>What of a part is looked for, in columns of its own.</summary>
internal sealed record PartLook(
    Guid? ParentId = null,
    string? Status = null,
    DateOnly? StartsOn = null,
    DateOnly? DueOn = null,
    DateOnly? DoneOn = null,
    Guid? OwnerPersonId = null,
    Guid? OwnerTeamId = null,
    Guid? PriorityId = null,
    Guid? CauseAssessmentId = null,
    string? CauseItem = null,
    string? ExternalId = null);

/// <summary>A standard or a component of the system that a part of a plan serves.</summary>
/// <param name="Framework">Code of the framework: <c>ct-2015</c>.</param>
/// <param name="Code">Code of the standard in it: <c>LCO</c>.</param>
internal sealed record ServedStandard(string Framework, string Code);

/// <summary>A part that says which standards it serves.</summary>
internal interface IServing
{
    /// <summary>The standards.</summary>
    IReadOnlyList<ServedStandard> Serves { get; }
}
