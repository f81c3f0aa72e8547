using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.Plans;
using PLService.Api.Domain.Results;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.Reports;

/// <summary>What stands side by side in a report of plans.</summary>
public enum PlanReportGrouping
{
    /// <summary>The children, each with all that is below it.</summary>
    Organization,

    /// <summary>The quarters, which every report has; it decides what the rows of a table are.</summary>
    Quarter,
}

/// <summary>What plans come to.</summary>
/// <param name="Plans">How many plans.</param>
/// <param name="Organizations">Open organizations by kind, with and without a plan.</param>
/// <param name="Steps">Their action steps.</param>
/// <param name="Obstacles">Obstacles that are open or being mitigated, of the kinds that there are.</param>
/// <param name="Resources">People, time and money.</param>
public sealed record PlanProgress(
    int Plans, IReadOnlyList<PlanCoverage> Organizations, PlanSteps Steps, IReadOnlyList<PlanObstacles> Obstacles, PlanResources Resources)
{
    internal static readonly PlanProgress Sample = new(
        84, [new(OrganizationKind.District, 80, 6)], new(300, 420, 700, 40, 0.492958, 61, 130, 95),
        [new(ObstacleKind.Schedule, 24), new(ObstacleKind.Funding, 11)], new(210.5m, 5400, 60, 180, 30, 16_700_000));

    internal static PlanProgress Of(IEnumerable<PlanProgressFigures> figures, IEnumerable<PlanCoverageFigures> coverage)
    {
        var all = figures.ToList();
        int Sum(Func<PlanProgressFigures, int> of) => all.Sum(of);
        var obstacles = Enum.GetValues<ObstacleKind>().Select(kind => new PlanObstacles(kind, Sum(f => f.Obstacles[(int)kind]))).Where(kind => kind.Open > 0);
        var kinds = coverage.GroupBy(c => c.Kind).OrderBy(kind => kind.Key)
            .Select(kind => new PlanCoverage(kind.Key, kind.Sum(c => c.WithPlan), kind.Sum(c => c.Organizations - c.WithPlan)));
        return new(
            Sum(f => f.Plans), [.. kinds], PlanSteps.Of(all), [.. obstacles],
            new(
                all.Sum(f => f.Fte), all.Sum(f => f.MinutesPerWeek), Sum(f => f.PlansWithMinutes), all.Sum(f => f.DaysPerYear), Sum(f => f.PlansWithDays),
                all.Sum(f => f.Amount)));
    }
}

/// <summary>Open organizations of a kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="WithPlan">Those with a plan that counts.</param>
/// <param name="WithoutPlan">Those without.</param>
public sealed record PlanCoverage(OrganizationKind Kind, int WithPlan, int WithoutPlan);

/// <summary>Action steps of plans.</summary>
/// <param name="NotStarted">Not started.</param>
/// <param name="InProgress">In progress.</param>
/// <param name="Done">Done.</param>
/// <param name="Dropped">Given up.</param>
/// <param name="DoneShare">Share of those that were not given up which are done, 0 to 1; null when there are none.</param>
/// <param name="Overdue">Neither done nor given up, and due before today.</param>
/// <param name="DueSoon">Neither done nor given up, and due today or in the next 30 days.</param>
/// <param name="CarriedOver">How often check-ins carried steps over.</param>
public sealed record PlanSteps(int NotStarted, int InProgress, int Done, int Dropped, double? DoneShare, int Overdue, int DueSoon, int CarriedOver)
{
    internal static PlanSteps Of(IReadOnlyList<PlanProgressFigures> all)
    {
        int Of(StepStatus status) => all.Sum(f => f.Steps[(int)status]);
        var (notStarted, inProgress, done) = (Of(StepStatus.NotStarted), Of(StepStatus.InProgress), Of(StepStatus.Done));
        var wanted = notStarted + inProgress + done;
        return new(
            notStarted, inProgress, done, Of(StepStatus.Dropped), wanted == 0 ? null : SixDecimals.Of((double)done / wanted),
            all.Sum(f => f.Overdue), all.Sum(f => f.DueSoon), all.Sum(f => f.CarriedOver));
    }
}

/// <summary>Obstacles of a kind.</summary>
/// <param name="Kind">What they are about.</param>
/// <param name="Open">How many are open or being mitigated.</param>
public sealed record PlanObstacles(ObstacleKind Kind, int Open);

/// <summary>What plans take, added up. Minutes and days are for each educator, so that a mean over the plans that name them says more than the sum.</summary>
/// <param name="Fte">Full-time equivalents.</param>
/// <param name="MinutesPerWeek">Minutes a week.</param>
/// <param name="PlansWithMinutes">Plans that name minutes.</param>
/// <param name="DaysPerYear">Days a year.</param>
/// <param name="PlansWithDays">Plans that name days.</param>
/// <param name="Amount">US dollars.</param>
public sealed record PlanResources(decimal Fte, decimal MinutesPerWeek, int PlansWithMinutes, decimal DaysPerYear, int PlansWithDays, decimal Amount);

/// <summary>Steps of a quarter of the calendar.</summary>
/// <param name="StartsOn">First day.</param>
/// <param name="EndsOn">Last day.</param>
/// <param name="Due">Steps due in it by their due days of now, those that were given up left out.</param>
/// <param name="Done">Steps that were done in it, whenever they were due.</param>
/// <param name="StillOpen">Of those due in it, how many are not done.</param>
public sealed record PlanQuarter(DateOnly StartsOn, DateOnly EndsOn, int Due, int Done, int StillOpen);

/// <summary>A child of the organization.</summary>
/// <param name="Organization">The child.</param>
/// <param name="Progress">What the plans of it and everything below it come to.</param>
public sealed record ChildPlanProgress(ReportOrganization Organization, PlanProgress Progress);
