using PLService.Api.Domain.Access;
using PLService.Api.Domain.People;

namespace PLService.Api.Domain.AccessRequests;

/// <summary>Where a request for access stands.</summary>
public enum AccessRequestStatus
{
    /// <summary>Nobody has decided yet.</summary>
    Open,

    Granted,
    Refused,

    /// <summary>Whoever asked does not want it any more.</summary>
    Withdrawn,
}

/// <summary>A role that somebody asks for.</summary>
public sealed class AccessRequest : TenantEntity
{
    public const int ReasonMaxLength = 1000;
    public const int NoteMaxLength = 1000;
    public const int SubjectMaxLength = PersonLogin.SubjectMaxLength;

    /// <summary>How many open requests one asker may have.</summary>
    public const int MaxOpen = 5;

    /// <summary>How many requests one asker may make within 24 hours, withdrawn ones counted.</summary>
    public const int MaxPerDay = 20;

    private AccessRequest()
    {
    }

    /// <summary>Who asks; null while only an identity provider knows.</summary>
    public Guid? PersonId { get; private set; }

    /// <summary>The provider that vouches for somebody who is no person here.</summary>
    public Guid? ProviderId { get; private init; }

    public string? Subject { get; private init; }

    /// <summary>The name as it was when the request was made.</summary>
    public string Name { get; private init; } = "";

    public string? Email { get; private init; }

    /// <summary>Whether the provider says that the address is the asker's.</summary>
    public bool EmailVerified { get; private init; }

    public Role Role { get; private init; }

    /// <summary>The root of where; null is the whole tenant.</summary>
    public Guid? OrganizationId { get; private init; }

    public string Reason { get; private init; } = "";
    public AccessRequestStatus Status { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DecidedByPersonId { get; private set; }
    public Guid? DecidedByClientId { get; private set; }
    public string? Note { get; private set; }
    public Guid? MembershipId { get; private set; }

    public static AccessRequest Create(Asker asker, Role role, Guid? organizationId, string reason)
    {
        ArgumentNullException.ThrowIfNull(asker);
        return new()
        {
            PersonId = asker.PersonId,
            ProviderId = asker.ProviderId,
            Subject = asker.Subject,
            Name = asker.Name,
            Email = asker.Email,
            EmailVerified = asker.EmailVerified,
            Role = role,
            OrganizationId = organizationId,
            Reason = reason,
        };
    }

    /// <summary>The asker is this person and has this membership now.</summary>
    public DomainError? Grant(Guid personId, Guid membershipId, Decision decision)
    {
        if (Decide(AccessRequestStatus.Granted, decision) is { } refused)
            return refused;

        (PersonId, MembershipId) = (personId, membershipId);
        return null;
    }

    public DomainError? Refuse(Decision decision) => Decide(AccessRequestStatus.Refused, decision);

    public DomainError? Withdraw(DateTimeOffset now)
    {
        if (Status is not AccessRequestStatus.Open)
            return AccessRequestErrors.Decided;

        (Status, DecidedAt) = (AccessRequestStatus.Withdrawn, now);
        return null;
    }

    private DomainError? Decide(AccessRequestStatus status, Decision decision)
    {
        if (Status is not AccessRequestStatus.Open)
            return AccessRequestErrors.Decided;

        (Status, Note, DecidedAt, DecidedByPersonId, DecidedByClientId) = (status, decision.Note, decision.At, decision.ByPersonId, decision.ByClientId);
        return null;
    }
}

/// <summary>Who asks: a person, or a subject of an identity provider with what it says of it.</summary>
public sealed record Asker(Guid? PersonId, Guid? ProviderId, string? Subject, string Name, string? Email, bool EmailVerified);

/// <summary>Who decided when, and with which words.</summary>
public sealed record Decision(string? Note, DateTimeOffset At, Guid? ByPersonId, Guid? ByClientId);
