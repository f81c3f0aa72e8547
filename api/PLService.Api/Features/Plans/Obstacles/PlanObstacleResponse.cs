using PLService.Api.Domain;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Plans.Strategies;

namespace PLService.Api.Features.Plans.Obstacles;

/// <summary>Obstacle of a plan.</summary>
internal sealed record PlanObstacleResponse : ObstacleContent, IVersioned
{
    internal static readonly ObstacleContent SampleContent = new ObstacleContent
    {
        Title = "Flexible schedules are needed to plan and carry out professional learning",
        Kind = ObstacleKind.Schedule,
        Severity = ObstacleSeverity.High,
        Mitigation = "Sample schedules of other districts are discussed with principals.",
        StrategyId = PlanStrategyResponse.Sample.Id,
    };

    internal static readonly object SamplePatch = new { status = "mitigating" };

    internal static readonly PlanObstacleResponse Sample = PlanJson.Read<PlanObstacleResponse>(PlanJson.Write(SampleContent)) with
    {
        Id = Guid.Parse("01a2b3c4-0000-7000-8000-000000000403"), Position = 0, Version = 1, CreatedAt = PlanSamples.Time, UpdatedAt = PlanSamples.Time,
    };

    /// <summary>The service's id.</summary>
    public Guid Id { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>+1 per change; the ETag.</summary>
    public long Version { get; init; }

    public static PlanObstacleResponse Of(PlanPart part) => PlanJson.Read<PlanObstacleResponse>(part.Content) with
    {
        Id = part.Id,
        CreatedAt = part.CreatedAt,
        UpdatedAt = part.UpdatedAt,
        Version = part.Version,
    };
}
