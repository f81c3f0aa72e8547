using PLService.Api.Domain;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Plans.Charts;
using PLService.Api.Features.Plans.Steps;

namespace PLService.Api.Features.Plans.CheckIns;

/// <summary>A check-in: the look back at a mark of the chart.</summary>
internal record CheckInResponse : CheckInContent, IVersioned
{
    internal static readonly CheckInContent SampleContent = new()
    {
        Done = "The calendar of team meetings is agreed on.",
        Benefits = "Teachers know when they meet.",
        Frustrations = "Two schools share one bus.",
    };

    internal static readonly CheckInResponse Sample = PlanJson.Read<CheckInResponse>(PlanJson.Write(SampleContent)) with
    {
        Id = ChartSamples.CheckIn,
        PlanId = PlanSamples.Plan,
        Mark = 30,
        HeldOn = new(2026, 10, 1),
        Steps = [new(PlanStepResponse.Sample.Id, PlanStepResponse.Sample.Title, StepFate.CarriedOver, StepStatus.InProgress, new(2026, 10, 1), new(2026, 10, 31), null)],
        PlanVersion = 14,
        PersonId = Guid.Parse("01a2b3c4-0000-7000-8000-000000000300"),
        PersonName = "Ada Moreno",
        Version = 1,
        CreatedAt = PlanSamples.Time,
        UpdatedAt = PlanSamples.Time,
    };

    /// <summary>The service's id.</summary>
    public Guid Id { get; init; }

    /// <summary>The plan.</summary>
    public Guid PlanId { get; init; }

    /// <summary>The mark that it closed, in days after the first day of the plan's period.</summary>
    public int Mark { get; init; }

    /// <summary>The day that it was held, where the plan is.</summary>
    public DateOnly HeldOn { get; init; }

    /// <summary>Why it was held before its mark; null when it was not.</summary>
    public string? EarlyReason { get; init; }

    /// <summary>What became of the steps that were not finished.</summary>
    public IReadOnlyList<StepOutcome> Steps { get; init; } = [];

    /// <summary>The plan's version that it made: what it changed stands under it in the plan's history.</summary>
    public long PlanVersion { get; init; }

    /// <summary>Who held it; null for a machine.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The name of that person.</summary>
    public string? PersonName { get; init; }

    /// <summary>The machine that held it.</summary>
    public Guid? ApiClientId { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>+1 per change; the ETag.</summary>
    public long Version { get; init; }
}

/// <summary>A check-in with the chart as it stood.</summary>
internal sealed record CheckInWithChartResponse : CheckInResponse
{
    internal static readonly CheckInWithChartResponse WithChart = new(Sample, ChartSamples.Chart);

    public CheckInWithChartResponse(CheckInResponse checkIn, PlanChart chart)
        : base(checkIn) => Chart = chart;

    /// <summary>The chart as it stood when the check-in closed its column: later changes of the plan, and of what the check-in says, are not in it.</summary>
    public PlanChart Chart { get; }
}
