using PLService.Api.Domain;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Plans.Cycles;

namespace PLService.Api.Features.Plans.Measures;

/// <summary>Measure of a plan.</summary>
internal sealed record PlanMeasureResponse : MeasureContent, IVersioned
{
    internal static readonly MeasureContent SampleContent = new MeasureContent { CycleId = PlanCycleResponse.Sample.Id, Name = "Teams that meet weekly", Unit = "%", Baseline = 40, Target = 90, Values = [new(new(2026, 11, 1), 55)] };

    internal static readonly object SamplePatch = new { target = 95 };

    internal static readonly PlanMeasureResponse Sample = PlanJson.Read<PlanMeasureResponse>(PlanJson.Write(SampleContent)) with
    {
        Id = Guid.Parse("01a2b3c4-0000-7000-8000-000000000410"), Position = 0, Version = 1, CreatedAt = PlanSamples.Time, UpdatedAt = PlanSamples.Time,
    };

    /// <summary>The service's id.</summary>
    public Guid Id { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>+1 per change; the ETag.</summary>
    public long Version { get; init; }

    public static PlanMeasureResponse Of(PlanPart part) => PlanJson.Read<PlanMeasureResponse>(part.Content) with
    {
        Id = part.Id,
        CreatedAt = part.CreatedAt,
        UpdatedAt = part.UpdatedAt,
        Version = part.Version,
    };
}
