using PLService.Api.Domain.Plans;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.Due;

/// <summary>Something of an active plan that is due.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The step or cycle; of a check-in the plan.</param>
/// <param name="Title">What is to be done; of a check-in what the plan is called.</param>
/// <param name="DueOn">The day.</param>
/// <param name="DaysLeft">How many days that is from today, where the plan's organization is; less than 0 when it is overdue.</param>
/// <param name="PlanId">The plan.</param>
/// <param name="Plan">What the plan is called.</param>
/// <param name="OrganizationId">Whose plan it is.</param>
/// <param name="Organization">What that is called.</param>
/// <param name="Status">How far a step is (<c>notStarted</c>, <c>inProgress</c>), or at which stage a cycle is; null of a check-in.</param>
/// <param name="Mark">Days after the first of the plan, of a check-in; null otherwise.</param>
/// <param name="OwnerPersonId">The person who sees to a step; null when nobody is named.</param>
/// <param name="OwnerTeamId">The team that sees to a step; null when none is named.</param>
/// <param name="CarriedOver">At how many check-ins a step was carried over.</param>
internal sealed record DueResponse(
    DueKind Kind,
    Guid Id,
    string Title,
    DateOnly DueOn,
    int DaysLeft,
    Guid PlanId,
    string Plan,
    Guid OrganizationId,
    string Organization,
    string? Status,
    int? Mark,
    Guid? OwnerPersonId,
    Guid? OwnerTeamId,
    int CarriedOver)
{
    public static readonly DueResponse Sample = new(
        DueKind.Step, Guid.Parse("01a2b3c4-0000-7000-8000-000000000401"), "Meet with every learning community", new(2026, 10, 15), 3,
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000400"), "Professional learning 2026-27", Guid.Parse("01a2b3c4-0000-7000-8000-000000000010"),
        "Cedar Valley School District", "inProgress", null, Guid.Parse("01a2b3c4-0000-7000-8000-000000000300"), null, 1);

    public static DueResponse Of(DueRow row, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(row.TimeZone)).DateTime);
        return new(
            row.Kind, row.Id, row.Title, row.DueOn, row.DueOn.DayNumber - today.DayNumber, row.PlanId, row.Plan, row.OrganizationId, row.Organization, row.Status, row.Mark,
            row.OwnerPersonId, row.OwnerTeamId, row.CarriedOver);
    }
}
