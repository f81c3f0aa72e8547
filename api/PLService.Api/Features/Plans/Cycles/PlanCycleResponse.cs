using PLService.Api.Domain;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Plans.Strategies;

namespace PLService.Api.Features.Plans.Cycles;

/// <summary>Improvement cycle of a plan.</summary>
internal sealed record PlanCycleResponse : CycleContent, IVersioned
{
    internal static readonly CycleContent SampleContent = new CycleContent
    {
        StrategyId = PlanStrategyResponse.Sample.Id, Title = "Lesson study in grade 6 mathematics", Stage = CycleStage.Implement, StartsOn = new(2026, 9, 15), DueOn = new(2026, 12, 15),
    };

    internal static readonly object SamplePatch = new { stage = "evaluate" };

    internal static readonly PlanCycleResponse Sample = PlanJson.Read<PlanCycleResponse>(PlanJson.Write(SampleContent)) with
    {
        Id = Guid.Parse("01a2b3c4-0000-7000-8000-000000000409"), Position = 0, Version = 1, CreatedAt = PlanSamples.Time, UpdatedAt = PlanSamples.Time,
    };

    /// <summary>The service's id.</summary>
    public Guid Id { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>+1 per change; the ETag.</summary>
    public long Version { get; init; }

    public static PlanCycleResponse Of(PlanPart part) => PlanJson.Read<PlanCycleResponse>(part.Content) with
    {
        Id = part.Id,
        CreatedAt = part.CreatedAt,
        UpdatedAt = part.UpdatedAt,
        Version = part.Version,
    };
}
