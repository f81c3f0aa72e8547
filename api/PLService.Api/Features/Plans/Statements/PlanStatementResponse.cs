using PLService.Api.Domain;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.Statements;

/// <summary>If / then statement of a plan.</summary>
internal sealed record PlanStatementResponse : StatementContent, IVersioned
{
    internal static readonly StatementContent SampleContent = new StatementContent { Group = "Motivation", If = "we give teams time and a say", Then = "they will improve their practice together" };

    internal static readonly object SamplePatch = new { group = "Expectations" };

    internal static readonly PlanStatementResponse Sample = PlanJson.Read<PlanStatementResponse>(PlanJson.Write(SampleContent)) with
    {
        Id = Guid.Parse("01a2b3c4-0000-7000-8000-000000000404"), Position = 0, Version = 1, CreatedAt = PlanSamples.Time, UpdatedAt = PlanSamples.Time,
    };

    /// <summary>The service's id.</summary>
    public Guid Id { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>+1 per change; the ETag.</summary>
    public long Version { get; init; }

    public static PlanStatementResponse Of(PlanPart part) => PlanJson.Read<PlanStatementResponse>(part.Content) with
    {
        Id = part.Id,
        CreatedAt = part.CreatedAt,
        UpdatedAt = part.UpdatedAt,
        Version = part.Version,
    };
}
