using PLService.Api.Domain;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.Needs;

/// <summary>Need of a plan.</summary>
internal sealed record PlanNeedResponse : NeedContent, IVersioned
{
    internal static readonly NeedContent SampleContent = new NeedContent { Kind = NeedKind.ProfessionalLearning, Description = "Coaching for new bus drivers", EmployeeGroup = Domain.People.EmployeeGroup.Classified, IsForOnboarding = true };

    internal static readonly object SamplePatch = new { isMet = true };

    internal static readonly PlanNeedResponse Sample = PlanJson.Read<PlanNeedResponse>(PlanJson.Write(SampleContent)) with
    {
        Id = Guid.Parse("01a2b3c4-0000-7000-8000-000000000406"), Position = 0, Version = 1, CreatedAt = PlanSamples.Time, UpdatedAt = PlanSamples.Time,
    };

    /// <summary>The service's id.</summary>
    public Guid Id { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>+1 per change; the ETag.</summary>
    public long Version { get; init; }

    public static PlanNeedResponse Of(PlanPart part) => PlanJson.Read<PlanNeedResponse>(part.Content) with
    {
        Id = part.Id,
        CreatedAt = part.CreatedAt,
        UpdatedAt = part.UpdatedAt,
        Version = part.Version,
    };
}
