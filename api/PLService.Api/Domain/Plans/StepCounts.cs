namespace PLService.Api.Domain.Plans;

/// <summary>How many steps are how far.</summary>
/// <param name="NotStarted">Not begun.</param>
/// <param name="InProgress">Begun.</param>
/// <param name="Done">Done.</param>
/// <param name="Dropped">Given up on purpose.</param>
public sealed record StepCounts(int NotStarted, int InProgress, int Done, int Dropped)
{
    internal static StepCounts Of(IReadOnlyCollection<StepStatus> steps) => new(
        steps.Count(status => status is StepStatus.NotStarted),
        steps.Count(status => status is StepStatus.InProgress),
        steps.Count(status => status is StepStatus.Done),
        steps.Count(status => status is StepStatus.Dropped));
}
