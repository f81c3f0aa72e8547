using PLService.Api.Domain.Organizations;

namespace PLService.Api.Domain.Plans;

/// <summary>A plan as a chart: a column for every mark, each cell computed from dated steps.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Organization">Whose plan it is.</param>
/// <param name="StartsOn">First day of the period; day 0 of the chart.</param>
/// <param name="EndsOn">Last day of the period.</param>
/// <param name="Vision">Where do we want to be one year from today.</param>
/// <param name="NextMark">The mark of the next check-in; null when there is none left.</param>
/// <param name="Columns">The columns in their order: the plan's marks, and those that were closed before the marks were changed.</param>
/// <param name="Beyond">What is due, or was done, after the last mark.</param>
/// <param name="Undated">Steps without a due day.</param>
/// <param name="Obstacles">Open obstacles of the whole plan, or of a strategy that stands in no column.</param>
internal sealed record PlanChart(
    Guid PlanId,
    string Title,
    PlanStatus Status,
    ChartOrganization Organization,
    DateOnly StartsOn,
    DateOnly EndsOn,
    string? Vision,
    int? NextMark,
    IReadOnlyList<ChartColumn> Columns,
    ChartBeyond Beyond,
    ChartCells Undated,
    IReadOnlyList<ChartObstacle> Obstacles);

/// <summary>Whose plan a chart shows.</summary>
/// <param name="Id">The organization.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Kind">What it is.</param>
internal sealed record ChartOrganization(Guid Id, string Name, OrganizationKind Kind);

/// <summary>A column: the time up to a mark.</summary>
/// <param name="Mark">Days after the first day of the period.</param>
/// <param name="StartsOn">Its first day; what was due earlier stands in the first column.</param>
/// <param name="EndsOn">Its last day, the mark's own.</param>
/// <param name="IsClosed">Whether a check-in closed it.</param>
/// <param name="Cells">What stands in it as of now, or as of when the chart was kept.</param>
/// <param name="BestGuess">The steps that were first planned for this time.</param>
/// <param name="Happened">What happened in it.</param>
internal sealed record ChartColumn(
    int Mark, DateOnly StartsOn, DateOnly EndsOn, bool IsClosed, ChartCells Cells, IReadOnlyList<ChartAction> BestGuess, ChartHappened Happened);

/// <summary>What lies after the last mark.</summary>
/// <param name="StartsOn">The first day after the last mark.</param>
/// <param name="Cells">What is due then.</param>
/// <param name="BestGuess">The steps that were first planned for then.</param>
/// <param name="Done">The steps that were done then.</param>
internal sealed record ChartBeyond(DateOnly StartsOn, ChartCells Cells, IReadOnlyList<ChartAction> BestGuess, IReadOnlyList<ChartAction> Done);

/// <summary>The rows of a chart in one column. Dropped steps are among the actions, and nowhere else.</summary>
/// <param name="MajorFocus">The strategies whose steps stand here.</param>
/// <param name="Actions">The steps: what leaders do.</param>
/// <param name="Elements">The elements of the professional learning system and the standards that these steps and their strategies serve.</param>
/// <param name="ToolsAndMaterials">What the steps need, each thing once.</param>
/// <param name="Challenges">Benefits, frustrations and obstacles.</param>
internal sealed record ChartCells(
    IReadOnlyList<ChartFocus> MajorFocus,
    IReadOnlyList<ChartAction> Actions,
    IReadOnlyList<ChartElement> Elements,
    IReadOnlyList<string> ToolsAndMaterials,
    ChartChallenges Challenges);

/// <summary>A strategy in a chart.</summary>
/// <param name="StrategyId">The strategy.</param>
/// <param name="Title">What it is called.</param>
internal sealed record ChartFocus(Guid StrategyId, string Title);

/// <summary>A step in a chart.</summary>
/// <param name="StepId">The step.</param>
/// <param name="StrategyId">Its strategy.</param>
/// <param name="Title">What is done.</param>
/// <param name="Status">How far it is.</param>
/// <param name="DueOn">When it is due.</param>
/// <param name="FirstDueOn">When it was first due.</param>
/// <param name="DoneOn">When it was done.</param>
/// <param name="CarriedOver">At how many check-ins it was carried over.</param>
/// <param name="OwnerPersonId">The person who sees to it.</param>
/// <param name="OwnerTeamId">The team that sees to it.</param>
/// <param name="OwnerName">Who sees to it, in words.</param>
internal sealed record ChartAction(
    Guid StepId,
    Guid? StrategyId,
    string Title,
    StepStatus Status,
    DateOnly? DueOn,
    DateOnly? FirstDueOn,
    DateOnly? DoneOn,
    int CarriedOver,
    Guid? OwnerPersonId,
    Guid? OwnerTeamId,
    string? OwnerName);

/// <summary>An element of the system or a standard, as it is called today.</summary>
/// <param name="Framework">Code of the framework.</param>
/// <param name="Code">Code of the standard in it; where the standard is gone, the code that the plan names.</param>
/// <param name="Label">What it is called; null when it is gone.</param>
/// <param name="StandardId">The standard; null when it is gone.</param>
internal sealed record ChartElement(string Framework, string Code, string? Label, Guid? StandardId);

/// <summary>Benefits and frustrations as they are expected, and what is in the way.</summary>
/// <param name="Benefits">Expected benefits of the steps.</param>
/// <param name="Frustrations">Expected frustrations of the steps.</param>
/// <param name="Obstacles">Open obstacles of the strategies that stand here.</param>
internal sealed record ChartChallenges(IReadOnlyList<ChartExpectation> Benefits, IReadOnlyList<ChartExpectation> Frustrations, IReadOnlyList<ChartObstacle> Obstacles);

/// <summary>What is expected of a step.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Text">The words.</param>
internal sealed record ChartExpectation(Guid StepId, string Text);

/// <summary>An obstacle in a chart.</summary>
/// <param name="ObstacleId">The obstacle.</param>
/// <param name="Title">What it is.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Severity">How much it is in the way.</param>
/// <param name="Status">What becomes of it.</param>
internal sealed record ChartObstacle(Guid ObstacleId, string Title, ObstacleKind Kind, ObstacleSeverity Severity, ObstacleStatus Status);

/// <summary>What happened in a column.</summary>
/// <param name="Done">Steps that were done in its time, whenever they were due.</param>
/// <param name="CarriedOver">Steps that its check-in carried over.</param>
/// <param name="Dropped">Steps that were due in it and were given up.</param>
/// <param name="CheckIn">What its check-in says; null while it is open.</param>
internal sealed record ChartHappened(IReadOnlyList<ChartAction> Done, IReadOnlyList<ChartMove> CarriedOver, IReadOnlyList<ChartAction> Dropped, ChartCheckIn? CheckIn);

/// <summary>A step that went on to a later day.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Title">What it was called.</param>
/// <param name="From">When it was due.</param>
/// <param name="To">When it was due since.</param>
internal sealed record ChartMove(Guid StepId, string Title, DateOnly From, DateOnly To);

/// <summary>A check-in in a chart.</summary>
/// <param name="CheckInId">The check-in.</param>
/// <param name="HeldOn">The day that it was held.</param>
/// <param name="EarlyReason">Why it was held before its mark; null when it was not.</param>
/// <param name="Done">What was done, in words.</param>
/// <param name="Benefits">What was good about it.</param>
/// <param name="Frustrations">What was hard about it.</param>
/// <param name="Notes">What else was said.</param>
internal sealed record ChartCheckIn(Guid CheckInId, DateOnly HeldOn, string? EarlyReason, string? Done, string? Benefits, string? Frustrations, string? Notes);
