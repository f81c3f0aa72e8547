using PLService.Api.Domain;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Plans.Steps;

namespace PLService.Api.Features.Plans.ProgressNotes;

/// <summary>Progress note of a plan.</summary>
internal sealed record PlanProgressNoteResponse : ProgressNoteContent, IVersioned
{
    internal static readonly ProgressNoteContent SampleContent = new ProgressNoteContent { StepId = PlanStepResponse.Sample.Id, Text = "Met with the union; a draft is out." };

    internal static readonly object SamplePatch = new { text = "Met with the union; they like the draft." };

    internal static readonly PlanProgressNoteResponse Sample = PlanJson.Read<PlanProgressNoteResponse>(PlanJson.Write(SampleContent)) with
    {
        Id = Guid.Parse("01a2b3c4-0000-7000-8000-000000000407"), Position = 0, Version = 1, CreatedAt = PlanSamples.Time, UpdatedAt = PlanSamples.Time,
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

    public static PlanProgressNoteResponse Of(PlanPart part) => PlanJson.Read<PlanProgressNoteResponse>(part.Content) with
    {
        Id = part.Id,
        PersonId = part.PersonId,
        CreatedAt = part.CreatedAt,
        UpdatedAt = part.UpdatedAt,
        Version = part.Version,
    };
}
