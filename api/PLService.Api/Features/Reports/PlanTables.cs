using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Reports;

/// <summary>Reports of plans as tables.</summary>
internal static class PlanTables
{
    /// <summary>The whole, and a row per child where they were asked for.</summary>
    public static FileContentHttpResult Organizations(GetPlansReport.Response report) => Csv.File(
        "plans.csv",
        (report.Organizations ?? []).Prepend(new(report.Organization, report.Total)),
        [
            ("organizationId", row => row.Organization.Id),
            ("kind", row => row.Organization.Kind),
            ("organization", row => row.Organization.Name),
            ("on", _ => report.On),
            ("plans", row => row.Progress.Plans),
            ("organizationsWithPlan", row => row.Progress.Organizations.Sum(kind => kind.WithPlan)),
            ("organizationsWithoutPlan", row => row.Progress.Organizations.Sum(kind => kind.WithoutPlan)),
            ("notStarted", row => row.Progress.Steps.NotStarted),
            ("inProgress", row => row.Progress.Steps.InProgress),
            ("done", row => row.Progress.Steps.Done),
            ("dropped", row => row.Progress.Steps.Dropped),
            ("doneShare", row => row.Progress.Steps.DoneShare),
            ("overdue", row => row.Progress.Steps.Overdue),
            ("dueSoon", row => row.Progress.Steps.DueSoon),
            ("carriedOver", row => row.Progress.Steps.CarriedOver),
            .. Enum.GetValues<ObstacleKind>().Select<ObstacleKind, (string, Func<ChildPlanProgress, object?>)>(kind => (
                $"obstacles{kind}", row => row.Progress.Obstacles.FirstOrDefault(of => of.Kind == kind)?.Open ?? 0)),
            ("fte", row => row.Progress.Resources.Fte),
            ("minutesPerWeek", row => row.Progress.Resources.MinutesPerWeek),
            ("plansWithMinutes", row => row.Progress.Resources.PlansWithMinutes),
            ("daysPerYear", row => row.Progress.Resources.DaysPerYear),
            ("plansWithDays", row => row.Progress.Resources.PlansWithDays),
            ("amount", row => row.Progress.Resources.Amount),
        ]);

    /// <summary>A row per quarter.</summary>
    public static FileContentHttpResult Quarters(GetPlansReport.Response report) => Csv.File(
        "plan-quarters.csv",
        report.Quarters,
        [
            ("organizationId", _ => report.Organization.Id),
            ("organization", _ => report.Organization.Name),
            ("startsOn", quarter => quarter.StartsOn),
            ("endsOn", quarter => quarter.EndsOn),
            ("due", quarter => quarter.Due),
            ("done", quarter => quarter.Done),
            ("stillOpen", quarter => quarter.StillOpen),
        ]);
}
