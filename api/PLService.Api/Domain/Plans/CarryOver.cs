namespace PLService.Api.Domain.Plans;

/// <summary>What a check-in makes of a step that is not finished.</summary>
public enum StepFate
{
    /// <summary>It goes on, in a later column.</summary>
    CarriedOver,

    /// <summary>It was done after all.</summary>
    Done,

    /// <summary>It is given up.</summary>
    Dropped,
}

/// <summary>What the team decides about a step at a check-in.</summary>
/// <param name="StepId">An unfinished step that is due by the mark.</param>
/// <param name="Fate">What becomes of it.</param>
/// <param name="DueOn">With <c>carriedOver</c>: its new due day, after the mark; the last day of the next column unless given.</param>
/// <param name="DoneOn">With <c>done</c>: when it was done; the mark's day, or today where that is earlier, unless given.</param>
internal sealed record StepDecision(Guid StepId, StepFate Fate, DateOnly? DueOn = null, DateOnly? DoneOn = null);

/// <summary>What a check-in made of a step, with what the step said before.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Title">What it was called.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="StatusBefore">How far it was.</param>
/// <param name="DueBefore">When it was due.</param>
/// <param name="DueOn">When it is due since; null unless it was carried over.</param>
/// <param name="DoneOn">When it was done; null unless it was.</param>
internal sealed record StepOutcome(Guid StepId, string Title, StepFate Fate, StepStatus StatusBefore, DateOnly DueBefore, DateOnly? DueOn, DateOnly? DoneOn)
{
    /// <summary>The step with the decision in it.</summary>
    public StepContent Apply(StepContent step) => Fate switch
    {
        StepFate.CarriedOver => step with { DueOn = DueOn },
        StepFate.Done => step with { Status = StepStatus.Done, DoneOn = DoneOn },
        _ => step with { Status = StepStatus.Dropped },
    };

    /// <summary>The step as it was before the decision; null when what was decided was changed since.</summary>
    public StepContent? TakeBack(StepContent step) => Fate switch
    {
        StepFate.CarriedOver => step.DueOn == DueOn ? step with { DueOn = DueBefore } : null,
        StepFate.Done => step.Status is StepStatus.Done && step.DoneOn == DoneOn ? step with { Status = StatusBefore, DoneOn = null } : null,
        _ => step.Status is StepStatus.Dropped ? step with { Status = StatusBefore } : null,
    };
}

/// <summary>Decides what becomes of the unfinished steps of a column that is closed.</summary>
internal static class CarryOver
{
    /// <summary>How long after the last mark a step is due that is carried over from the last column.</summary>
    public const int DaysAfterLastMark = 30;

    /// <param name="calendar">The columns.</param>
    /// <param name="column">The one that is closed.</param>
    /// <param name="steps">All steps of the plan.</param>
    /// <param name="decisions">What the team decided.</param>
    /// <param name="today">The day, where the plan is.</param>
    /// <returns>What becomes of every unfinished step that is due by the mark; or which decisions cannot be, by their places.</returns>
    public static (IReadOnlyList<StepOutcome> Outcomes, IReadOnlyList<(int Place, DomainError Error)> Faults) Decide(
        ChartCalendar calendar, int column, IReadOnlyList<ChartStep> steps, IReadOnlyList<StepDecision> decisions, DateOnly today)
    {
        var mark = calendar.LastDayOf(column);
        var next = column + 1 < calendar.Marks.Count ? calendar.LastDayOf(column + 1) : calendar.DayOf(calendar.Marks[column] + DaysAfterLastMark);
        // What was moved back into a column that is closed already would stay there for good.
        var open = steps.Where(step => step.IsOpen && step.Content.DueOn <= mark).ToList();
        var ids = open.Select(step => step.Id).ToHashSet();
        var faults = decisions.Index().Select(at => (at.Index, Error: FaultOf(at.Item, ids, mark))).Where(found => found.Error is not null)
            .Select(found => (found.Index, found.Error!)).ToList();
        if (faults.Count > 0)
            return ([], faults);

        var decided = decisions.ToDictionary(decision => decision.StepId);
        return ([.. open.Select(step => Outcome(step, decided.GetValueOrDefault(step.Id) ?? new(step.Id, StepFate.CarriedOver), next, mark < today ? mark : today))], []);
    }

    private static DomainError? FaultOf(StepDecision decision, HashSet<Guid> open, DateOnly mark) =>
        !open.Contains(decision.StepId) ? CheckInErrors.StepNotOpen
        : decision.DueOn <= mark ? CheckInErrors.DueInClosedColumn
        : null;

    private static StepOutcome Outcome(ChartStep step, StepDecision decision, DateOnly next, DateOnly done) => new(
        step.Id, step.Content.Title, decision.Fate, step.Content.Status, step.Content.DueOn!.Value,
        decision.Fate is StepFate.CarriedOver ? decision.DueOn ?? next : null,
        decision.Fate is StepFate.Done ? decision.DoneOn ?? done : null);
}
