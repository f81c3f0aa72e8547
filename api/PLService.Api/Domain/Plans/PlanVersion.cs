namespace PLService.Api.Domain.Plans;

/// <summary>Why a version of a plan was kept.</summary>
public enum PlanVersionReason
{
    /// <summary>Somebody wanted to keep it, under a name.</summary>
    Named,

    /// <summary>The plan was made the one that is worked on.</summary>
    Activated,

    /// <summary>It went to the next level.</summary>
    Submitted,
}

/// <summary>A plan as it stood, whole. Rows are only ever added.</summary>
public sealed class PlanVersion : ITenantOwned
{
    public Guid TenantId { get; private init; }
    public Guid PlanId { get; init; }

    /// <summary>1 for the plan's first.</summary>
    public int Number { get; init; }

    public PlanVersionReason Reason { get; init; }
    public string? Name { get; init; }

    /// <summary>The plan's own version that it shows.</summary>
    public long Shows { get; init; }

    public PlanStatus Status { get; init; }

    /// <summary>JSON of <see cref="PlanDocument"/>.</summary>
    public string Document { get; init; } = "{}";

    public Guid? PersonId { get; init; }
    public Guid? ApiClientId { get; init; }
    public DateTimeOffset At { get; init; }
}

public static class PlanVersionErrors
{
    public static readonly DomainError TooMany = new("plan_version.too_many", "The plan has as many named versions as it may have.");
}
