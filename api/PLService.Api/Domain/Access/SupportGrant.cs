using PLService.Api.Domain.People;

namespace PLService.Api.Domain.Access;

/// <summary>
/// A tenant's leave for those who run the service to look: as a role would, to read only, until a time. It names nobody of them; who came
/// is in the audit trail.
/// </summary>
public sealed class SupportGrant : TenantEntity
{
    public const int ReasonMaxLength = 500;

    /// <summary>The longest time in hours that can be granted at once.</summary>
    public const int MaxHours = 72;

    private SupportGrant()
    {
    }

    /// <summary>What support sees: whatever this role reads.</summary>
    public Role Role { get; private init; }

    /// <summary>The root of where; null is the whole tenant.</summary>
    public Guid? OrganizationId { get; private init; }

    /// <summary>What support shall look at.</summary>
    public string Reason { get; private init; } = "";

    public DateTimeOffset ExpiresAt { get; private init; }

    /// <summary>When somebody ended it before its time.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public static SupportGrant Create(Role role, Guid? organizationId, string reason, DateTimeOffset expiresAt) =>
        new() { Role = role, OrganizationId = organizationId, Reason = reason, ExpiresAt = expiresAt };

    public DomainError? End(DateTimeOffset now)
    {
        if (EndedAt is not null || ExpiresAt <= now)
            return SupportErrors.HasEnded;

        EndedAt = now;
        return null;
    }
}

public static class SupportErrors
{
    public static readonly DomainError HasEnded = new("support_grant.has_ended", "The support access has ended already.");
    public static readonly DomainError NotGranted = new("support.not_granted", "The tenant grants no support access at present; ask its administrator for it.");
}
