using PLService.Api.Domain;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Plans.Strategies;

namespace PLService.Api.Features.Plans.Steps;

/// <summary>Action step of a plan.</summary>
internal sealed record PlanStepResponse : StepContent, IVersioned
{
    internal static readonly StepContent SampleContent = new StepContent
    {
        Title = "Agree on a weekly time for teams with the bargaining unit",
        StrategyId = PlanStrategyResponse.Sample.Id,
        OwnerName = "Working group on structures",
        DueOn = new(2026, 10, 1),
        ToolsAndMaterials = ["Sample schedules"],
        Serves = [new("pl-components", "C18")],
        ExpectedBenefits = "Teams meet every week.",
        ExpectedFrustrations = "The buses run on another schedule.",
    };

    internal static readonly object SamplePatch = new { status = "inProgress" };

    internal static readonly PlanStepResponse Sample = PlanJson.Read<PlanStepResponse>(PlanJson.Write(SampleContent)) with
    {
        Id = Guid.Parse("01a2b3c4-0000-7000-8000-000000000402"), Position = 0, Version = 1, CreatedAt = PlanSamples.Time, UpdatedAt = PlanSamples.Time,
    };

    /// <summary>The service's id.</summary>
    public Guid Id { get; init; }

    /// <summary>When it was first due: the best guess that the chart is held against.</summary>
    public DateOnly? FirstDueOn { get; init; }

    /// <summary>At how many check-ins it was carried over.</summary>
    public int CarriedOver { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>+1 per change; the ETag.</summary>
    public long Version { get; init; }

    public static PlanStepResponse Of(PlanPart part) => PlanJson.Read<PlanStepResponse>(part.Content) with
    {
        Id = part.Id,
        FirstDueOn = part.FirstDueOn,
        CarriedOver = part.CarriedOver,
        CreatedAt = part.CreatedAt,
        UpdatedAt = part.UpdatedAt,
        Version = part.Version,
    };
}
