using System.Text.Json;

namespace PLService.Api.Domain.Plans;

/// <summary>What is said at a check-in.</summary>
internal record CheckInContent
{
    /// <summary>What was done, 20,000 characters at most as all texts of a check-in.</summary>
    public string? Done { get; init; }

    /// <summary>What was good about it.</summary>
    public string? Benefits { get; init; }

    /// <summary>What was hard about it.</summary>
    public string? Frustrations { get; init; }

    /// <summary>What else was said.</summary>
    public string? Notes { get; init; }

    /// <summary>The content alone, without what a request or an answer adds to it.</summary>
    internal CheckInContent Alone() => new(this);
}

/// <summary>The look back at a mark of the chart. It closes the mark's column and keeps the chart as it stood.</summary>
public sealed class CheckIn : TenantEntity
{
    private CheckIn()
    {
    }

    public Guid PlanId { get; private init; }

    /// <summary>Days after the first day of the plan's period.</summary>
    public int Mark { get; private init; }

    public DateOnly HeldOn { get; private init; }

    /// <summary>Why it was held before its mark; null when it was not.</summary>
    public string? EarlyReason { get; private init; }

    /// <summary>JSON of <see cref="CheckInContent"/>.</summary>
    public string Content { get; private set; } = "{}";

    /// <summary>JSON list of <see cref="StepOutcome"/>.</summary>
    public string Outcomes { get; private init; } = "[]";

    /// <summary>JSON of <see cref="PlanChart"/>, as the chart stood; people are in it by id alone.</summary>
    public string Chart { get; private set; } = "{}";

    /// <summary>The plan's version that it made.</summary>
    public long PlanVersion { get; private init; }

    public Guid? PersonId { get; private init; }
    public Guid? ApiClientId { get; private init; }

    /// <summary>Why a check-in cannot be held; null when it can.</summary>
    /// <param name="plan">What the plan says.</param>
    /// <param name="held">The marks whose check-ins were held.</param>
    /// <param name="mark">The mark that is to be closed.</param>
    /// <param name="today">The day, where the plan is.</param>
    /// <param name="isEarly">Whether the team means to hold it before its day.</param>
    internal static DomainError? Refuses(PlanContent plan, IReadOnlyCollection<int> held, int mark, DateOnly today, bool isEarly) =>
        held.Contains(mark) ? CheckInErrors.Held
        : !plan.Marks.Contains(mark) ? CheckInErrors.UnknownMark
        : ChartMaker.NextMark(plan, held) != mark ? CheckInErrors.OutOfOrder
        : !isEarly && today < new ChartCalendar(plan.StartsOn, plan.Marks).DayOf(mark) ? CheckInErrors.TooEarly
        : null;

    internal static CheckIn Create(Guid planId, long planVersion, HeldCheckIn held, Guid? personId, Guid? apiClientId) => new()
    {
        Id = held.Id,
        PlanId = planId,
        PlanVersion = planVersion,
        Mark = held.Mark,
        HeldOn = held.HeldOn,
        EarlyReason = held.EarlyReason,
        Content = PlanJson.Write(held.Content),
        Outcomes = PlanJson.Write(held.Outcomes),
        PersonId = personId,
        ApiClientId = apiClientId,
    };

    /// <summary>Keeps the chart as it stands.</summary>
    internal void Keep(PlanChart chart) => Chart = PlanJson.Write(chart);

    /// <summary>Says it in other words.</summary>
    internal void Become(CheckInContent content) => Content = PlanJson.Write(content);

    internal CheckInContent Said() => PlanJson.Read<CheckInContent>(Content);

    internal IReadOnlyList<StepOutcome> Decided() => JsonSerializer.Deserialize<IReadOnlyList<StepOutcome>>(Outcomes, PlanJson.Options)!;
}
