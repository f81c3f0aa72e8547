using PLService.Api.Domain;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.QuickWrites;

/// <summary>Quick-write of a plan.</summary>
internal sealed record PlanQuickWriteResponse : QuickWriteContent, IVersioned
{
    internal static readonly QuickWriteContent SampleContent = new QuickWriteContent { Text = "Every teacher belongs to a team that meets each week." };

    internal static readonly object SamplePatch = new { text = "Every educator belongs to a team that meets each week." };

    internal static readonly PlanQuickWriteResponse Sample = PlanJson.Read<PlanQuickWriteResponse>(PlanJson.Write(SampleContent)) with
    {
        Id = Guid.Parse("01a2b3c4-0000-7000-8000-000000000405"), Position = 0, Version = 1, CreatedAt = PlanSamples.Time, UpdatedAt = PlanSamples.Time,
    };

    /// <summary>The service's id.</summary>
    public Guid Id { get; init; }

    /// <summary>Who wrote it; null for a machine.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>+1 per change; the ETag.</summary>
    public long Version { get; init; }

    public static PlanQuickWriteResponse Of(PlanPart part) => PlanJson.Read<PlanQuickWriteResponse>(part.Content) with
    {
        Id = part.Id,
        PersonId = part.PersonId,
        CreatedAt = part.CreatedAt,
        UpdatedAt = part.UpdatedAt,
        Version = part.Version,
    };
}
