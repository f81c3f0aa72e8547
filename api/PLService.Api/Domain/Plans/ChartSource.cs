namespace PLService.Api.Domain.Plans;

/// <summary>All that a chart is computed from.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Organization">Whose plan it is.</param>
/// <param name="Plan">What it says itself.</param>
/// <param name="Strategies">Its strategies in their order, by id.</param>
/// <param name="Steps">Its steps in their order.</param>
/// <param name="Obstacles">Its obstacles in their order, by id.</param>
/// <param name="CheckIns">The check-ins that were held.</param>
/// <param name="Standards">What the standards that strategies and steps name are called today; those that are gone are missing.</param>
internal sealed record ChartSource(
    Guid PlanId,
    PlanStatus Status,
    ChartOrganization Organization,
    PlanContent Plan,
    IReadOnlyList<KeyValuePair<Guid, StrategyContent>> Strategies,
    IReadOnlyList<ChartStep> Steps,
    IReadOnlyList<KeyValuePair<Guid, ObstacleContent>> Obstacles,
    IReadOnlyList<HeldCheckIn> CheckIns,
    IReadOnlyDictionary<ServedStandard, ChartElement> Standards)
{
    /// <summary>The columns: what was closed stays one, whatever became of the plan's marks.</summary>
    public ChartCalendar Calendar { get; } = new(Plan.StartsOn, [.. Plan.Marks, .. CheckIns.Select(held => held.Mark)]);
}

/// <summary>A step as a chart sees it.</summary>
internal sealed record ChartStep(Guid Id, StepContent Content, DateOnly? FirstDueOn, int CarriedOver)
{
    public bool IsOpen => Content.Status is StepStatus.NotStarted or StepStatus.InProgress;

    public static ChartStep Of(PlanPart part) => new(part.Id, PlanJson.Read<StepContent>(part.Content), part.FirstDueOn, part.CarriedOver);
}

/// <summary>A check-in as a chart sees it.</summary>
internal sealed record HeldCheckIn(Guid Id, int Mark, DateOnly HeldOn, string? EarlyReason, CheckInContent Content, IReadOnlyList<StepOutcome> Outcomes);
