namespace PLService.Api.Domain.Plans;

/// <summary>What a plan comes to, kept with each change, so that a roll-up reads no step.</summary>
public sealed class PlanTally : ITenantOwned
{
    /// <summary>What is due within so many days is due soon.</summary>
    public const int SoonDays = 30;

    private PlanTally()
    {
    }

    public Guid TenantId { get; private init; }
    public Guid PlanId { get; private init; }

    /// <summary>Steps by <see cref="StepStatus"/>.</summary>
    public int[] Steps { get; private init; } = [];

    /// <summary>Obstacles that are open or being mitigated, by <see cref="ObstacleKind"/>.</summary>
    public int[] Obstacles { get; private init; } = [];

    /// <summary>Due days of steps that are neither done nor dropped, ascending.</summary>
    public DateOnly[] OpenDue { get; private init; } = [];

    /// <summary>Due days of steps that were not dropped, done or not, ascending.</summary>
    public DateOnly[] DueOn { get; private init; } = [];

    /// <summary>Days on which steps were done, ascending.</summary>
    public DateOnly[] DoneOn { get; private init; } = [];

    /// <summary>How often steps were carried over.</summary>
    public int CarriedOver { get; private init; }

    public decimal Fte { get; private init; }
    public decimal MinutesPerWeek { get; private init; }
    public decimal DaysPerYear { get; private init; }

    /// <summary>US dollars.</summary>
    public decimal Amount { get; private init; }

    /// <summary>
    /// Items that strategies, and steps which were not dropped, act on: see <see cref="ActedItems"/>.
    /// </summary>
    public string ActsOn { get; private init; } = "";
}
