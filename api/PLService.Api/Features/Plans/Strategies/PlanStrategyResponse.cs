using PLService.Api.Domain;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.Strategies;

/// <summary>Strategy of a plan.</summary>
internal sealed record PlanStrategyResponse : StrategyContent, IVersioned
{
    internal static readonly StrategyContent SampleContent = new StrategyContent
    {
        Title = "Create structures that promote a professional learning environment",
        Narrative = "A working group focuses on structures: open, transparent and collaborative workspaces and classrooms.",
        Serves = [new("ct-2015", "LCO")],
    };

    internal static readonly object SamplePatch = new { narrative = "A working group focuses on structures and on time for teams." };

    internal static readonly PlanStrategyResponse Sample = PlanJson.Read<PlanStrategyResponse>(PlanJson.Write(SampleContent)) with
    {
        Id = Guid.Parse("01a2b3c4-0000-7000-8000-000000000401"), Position = 0, Version = 1, CreatedAt = PlanSamples.Time, UpdatedAt = PlanSamples.Time,
    };

    /// <summary>The service's id.</summary>
    public Guid Id { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>+1 per change; the ETag.</summary>
    public long Version { get; init; }

    public static PlanStrategyResponse Of(PlanPart part) => PlanJson.Read<PlanStrategyResponse>(part.Content) with
    {
        Id = part.Id,
        CreatedAt = part.CreatedAt,
        UpdatedAt = part.UpdatedAt,
        Version = part.Version,
    };
}
