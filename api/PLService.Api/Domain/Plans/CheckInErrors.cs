namespace PLService.Api.Domain.Plans;

public static class CheckInErrors
{
    public static readonly DomainError PlanNotActive = new("check_in.plan_not_active", "Check-ins are held, and undone, while the plan is active.");
    public static readonly DomainError UnknownMark = new("check_in.unknown_mark", "The plan has no such mark.");
    public static readonly DomainError Held = new("check_in.held", "The check-in of this mark was held.");
    public static readonly DomainError OutOfOrder = new("check_in.out_of_order", "Check-ins are held in the order of the marks: the chart's nextMark is the next one.");
    public static readonly DomainError TooEarly = new("check_in.too_early", "The mark's day has not come. To check in before it, send early and a reason.");
    public static readonly DomainError StepNotOpen =
        new("check_in.step_not_open", "A decision is about an unfinished step that is due by the mark; this one is none, or was finished in the meantime.");
    public static readonly DomainError DueInClosedColumn = new("check_in.due_in_closed_column", "A step that is carried over is due after the mark.");
    public static readonly DomainError NotLatest = new("check_in.not_latest", "Only the latest check-in is undone: undo those after it first.");
    public static readonly DomainError ChangedSince =
        new("check_in.changed_since", "What the check-in decided about these steps was changed since, or the steps are gone: undo those changes first.");
    public static readonly DomainError UndoneByDeleting = new("plan.made_by_check_in", "A check-in made this change: delete the check-in to undo it.");
}
