namespace PLService.Api.Domain.Plans;

/// <summary>What a part of a plan is.</summary>
public enum PlanPartKind
{
    /// <summary>What one person answers to: where do we want to be one year from today?</summary>
    QuickWrite,

    /// <summary>An if / then statement of the theory of action.</summary>
    Statement,
    Strategy,

    /// <summary>An action step.</summary>
    Step,
    ProgressNote,
    Obstacle,
    Need,

    /// <summary>People, time or money.</summary>
    Resource,

    /// <summary>An improvement cycle of a strategy.</summary>
    Cycle,

    /// <summary>A measure of a cycle, with its values.</summary>
    Measure,
}

/// <summary>A part of a plan: its content, and beside it what is looked for.</summary>
public sealed class PlanPart : TenantEntity
{
    /// <summary>How many parts of one kind a plan may have.</summary>
    public const int MaxOfKind = 1_000;

    private PlanPart()
    {
    }

    public Guid PlanId { get; private init; }
    public PlanPartKind Kind { get; private init; }

    /// <summary>The part that it belongs to: the strategy of a step, the step of a note, the cycle of a measure.</summary>
    public Guid? ParentId { get; private set; }

    /// <summary>Where it stands among its kind; equals stand by age.</summary>
    public int Position { get; private set; }

    /// <summary>JSON of the kind's content.</summary>
    public string Content { get; private set; } = "{}";

    public string? ExternalId { get; private set; }
    public string? Status { get; private set; }
    public DateOnly? StartsOn { get; private set; }
    public DateOnly? DueOn { get; private set; }
    public DateOnly? DoneOn { get; private set; }

    /// <summary>When it was first due: the best guess that a chart is held against.</summary>
    public DateOnly? FirstDueOn { get; private set; }

    /// <summary>At how many check-ins it was carried over.</summary>
    public int CarriedOver { get; private set; }

    public Guid? OwnerPersonId { get; private set; }
    public Guid? OwnerTeamId { get; private set; }
    public Guid? PriorityId { get; private set; }
    public Guid? CauseAssessmentId { get; private set; }
    public string? CauseItem { get; private set; }

    /// <summary>Who wrote it, of parts that are one person's words.</summary>
    public Guid? PersonId { get; private init; }

    /// <param name="id">Its id: a new one, or that of a part that is brought back.</param>
    /// <param name="planId">The plan.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="content">What it says.</param>
    /// <param name="position">Where it stands unless the content says so.</param>
    /// <param name="personId">Who wrote it.</param>
    internal static PlanPart Create(Guid id, Guid planId, PlanPartKind kind, PartContent content, int position, Guid? personId)
    {
        var part = new PlanPart { Id = id, PlanId = planId, Kind = kind, PersonId = personId };
        part.Become(content with { Position = content.Position ?? position });
        return part;
    }

    /// <summary>Takes over what the part says from now on.</summary>
    internal void Become(PartContent content)
    {
        var look = content.Look;
        (ParentId, Status, StartsOn, DueOn, DoneOn) = (look.ParentId, look.Status, look.StartsOn, look.DueOn, look.DoneOn);
        (OwnerPersonId, OwnerTeamId, PriorityId, CauseAssessmentId, CauseItem) =
            (look.OwnerPersonId, look.OwnerTeamId, look.PriorityId, look.CauseAssessmentId, look.CauseItem);
        (ExternalId, Position) = (look.ExternalId, content.Position ?? Position);
        FirstDueOn ??= DueOn;
        Content = PlanJson.Write(content);
    }

    /// <summary>Goes over to the next column of the chart.</summary>
    internal void CarryOver(PartContent content)
    {
        Become(content);
        CarriedOver++;
    }

    /// <summary>Comes back to the column from which it was carried over.</summary>
    internal void ComeBack(PartContent content)
    {
        Become(content);
        CarriedOver--;
    }
}
