using PLService.Api.Domain;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Plans.Strategies;

namespace PLService.Api.Features.Plans.Resources;

/// <summary>Resource of a plan.</summary>
internal sealed record PlanResourceResponse : ResourceContent, IVersioned
{
    internal static readonly ResourceContent SampleContent = new ResourceContent { Kind = ResourceKind.Time, Title = "Weekly team time", StrategyId = PlanStrategyResponse.Sample.Id, MinutesPerWeek = 90, IsProtected = true };

    internal static readonly object SamplePatch = new { minutesPerWeek = 60 };

    internal static readonly PlanResourceResponse Sample = PlanJson.Read<PlanResourceResponse>(PlanJson.Write(SampleContent)) with
    {
        Id = Guid.Parse("01a2b3c4-0000-7000-8000-000000000408"), Position = 0, Version = 1, CreatedAt = PlanSamples.Time, UpdatedAt = PlanSamples.Time,
    };

    /// <summary>The service's id.</summary>
    public Guid Id { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>+1 per change; the ETag.</summary>
    public long Version { get; init; }

    public static PlanResourceResponse Of(PlanPart part) => PlanJson.Read<PlanResourceResponse>(part.Content) with
    {
        Id = part.Id,
        CreatedAt = part.CreatedAt,
        UpdatedAt = part.UpdatedAt,
        Version = part.Version,
    };
}
