using PLService.Api.Domain;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans;

/// <summary>What a plan says itself, without its parts.</summary>
internal sealed record PlanResponse : PlanContent, IVersioned
{
    internal static readonly PlanContent SampleContent = new()
    {
        Title = "Professional learning plan 2026-27",
        StartsOn = new(2026, 9, 1),
        EndsOn = new(2027, 8, 31),
        Vision = "Every educator belongs to a team that meets for learning each week.",
    };

    internal static readonly PlanResponse Sample = PlanJson.Read<PlanResponse>(PlanJson.Write(SampleContent)) with
    {
        Id = PlanSamples.Plan, OrganizationId = PlanSamples.Organization, Version = 1, CreatedAt = PlanSamples.Time, UpdatedAt = PlanSamples.Time,
    };

    /// <summary>The service's id.</summary>
    public Guid Id { get; init; }

    /// <summary>Whose plan it is.</summary>
    public Guid OrganizationId { get; init; }

    /// <summary>How far it is.</summary>
    public PlanStatus Status { get; init; }

    /// <summary>Code of the template that it began from.</summary>
    public string? Template { get; init; }

    /// <summary>The plan that it was copied from.</summary>
    public Guid? CopiedFromId { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it, or a part of it, was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>+1 per change of the plan or of a part of it; the ETag.</summary>
    public long Version { get; init; }

    public static PlanResponse Of(Plan plan) => PlanJson.Read<PlanResponse>(plan.Content) with
    {
        Id = plan.Id,
        OrganizationId = plan.OrganizationId,
        Status = plan.Status,
        Template = plan.Template,
        CopiedFromId = plan.CopiedFromId,
        CreatedAt = plan.CreatedAt,
        UpdatedAt = plan.UpdatedAt,
        Version = plan.Version,
    };
}
