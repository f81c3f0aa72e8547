using PLService.Api.Domain.People;

namespace PLService.Api.Domain.Invitations;

/// <summary>Where an invitation stands.</summary>
public enum InvitationStatus
{
    /// <summary>It can be accepted.</summary>
    Pending,

    /// <summary>The person has the role.</summary>
    Accepted,

    /// <summary>Somebody took it back.</summary>
    Revoked,

    /// <summary>Nobody accepted it in time; it can be sent again.</summary>
    Expired,
}

/// <summary>How the link of an invitation reaches the person.</summary>
public enum InvitationDelivery
{
    /// <summary>By mail to the person's address, and shown to nobody else.</summary>
    Mail,

    /// <summary>Shown in the answer, once, to be handed over.</summary>
    Link,
}

/// <summary>A role that a person gets by accepting it.</summary>
public sealed class Invitation : TenantEntity
{
    public const int NoteMaxLength = 1000;

    /// <summary>For how long one is good unless said otherwise.</summary>
    public const int DefaultDays = 14;

    /// <summary>For how long one can be good at most.</summary>
    public const int MaxDays = 90;

    /// <summary>How many links one invitation may have within 24 hours, so that nobody's mailbox is filled.</summary>
    public const int MaxSentPerDay = 5;

    /// <summary>How many invitations of one person may be pending at once.</summary>
    public const int MaxPendingPerPerson = 20;

    /// <summary>How long after its end the secret is still recognized, to say what became of it.</summary>
    public static readonly TimeSpan SecretKept = TimeSpan.FromDays(90);

    private Invitation()
    {
    }

    public Guid PersonId { get; private init; }

    /// <summary>The address as whoever invited wrote it.</summary>
    public string Email { get; private set; } = "";

    public Role Role { get; private init; }

    /// <summary>The root of where the role holds; null is the whole tenant.</summary>
    public Guid? OrganizationId { get; private init; }

    public DateOnly? StartsOn { get; private set; }
    public DateOnly? EndsOn { get; private set; }
    public string? Note { get; private set; }

    /// <summary>As it is stored, where what expired is pending; see <see cref="StatusAt"/>.</summary>
    public InvitationStatus Status { get; private set; }

    public InvitationDelivery Delivery { get; private set; }
    public Guid? InvitedByPersonId { get; private set; }
    public Guid? InvitedByClientId { get; private set; }
    public byte[]? SecretHash { get; private set; }

    /// <summary>When its link was made.</summary>
    public DateTimeOffset SentAt { get; private set; }

    /// <summary>How many links were made one after the other with less than a day between.</summary>
    public int SentToday { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? AcceptedAt { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }

    public static Invitation Create(Guid personId, Role role, Guid? organizationId) => new() { PersonId = personId, Role = role, OrganizationId = organizationId };

    public InvitationStatus StatusAt(DateTimeOffset now) => Status is InvitationStatus.Pending && ExpiresAt <= now ? InvitationStatus.Expired : Status;

    /// <summary>What is said of the role.</summary>
    public void Describe(string email, DateOnly? startsOn, DateOnly? endsOn, string? note) => (Email, StartsOn, EndsOn, Note) = (email, startsOn, endsOn, note);

    /// <summary>Whether a further link may be made now.</summary>
    public DomainError? RefusesToSend(DateTimeOffset now) => Status switch
    {
        InvitationStatus.Accepted => InvitationErrors.Accepted,
        InvitationStatus.Revoked => InvitationErrors.Revoked,
        _ => SentToday >= MaxSentPerDay && now - SentAt < TimeSpan.FromDays(1) ? InvitationErrors.SentTooOften : null,
    };

    /// <summary>A link is made; the one before loses its force.</summary>
    public void Send(InvitationLink link, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(link);
        SentToday = now - SentAt < TimeSpan.FromDays(1) ? SentToday + 1 : 1;
        (SentAt, SecretHash, ExpiresAt, Delivery) = (now, link.SecretHash, link.ExpiresAt, link.Delivery);
        (InvitedByPersonId, InvitedByClientId) = (link.ByPersonId, link.ByClientId);
    }

    /// <summary>Why it cannot be accepted at <paramref name="now"/>; null when it can.</summary>
    public DomainError? RefusesToOpen(DateTimeOffset now) => StatusAt(now) switch
    {
        InvitationStatus.Accepted => InvitationErrors.Accepted,
        InvitationStatus.Revoked => InvitationErrors.Revoked,
        InvitationStatus.Expired => InvitationErrors.Expired,
        _ => null,
    };

    public void Accept(DateTimeOffset now) => (Status, AcceptedAt) = (InvitationStatus.Accepted, now);

    public DomainError? Revoke(DateTimeOffset now)
    {
        if (Status is not InvitationStatus.Pending)
            return Status is InvitationStatus.Accepted ? InvitationErrors.Accepted : InvitationErrors.Revoked;

        (Status, RevokedAt) = (InvitationStatus.Revoked, now);
        return null;
    }
}

/// <summary>A link of an invitation, without the secret that it holds.</summary>
/// <param name="SecretHash">What is kept of the secret.</param>
/// <param name="Delivery">How it reaches the person.</param>
/// <param name="ExpiresAt">Until when it is good.</param>
/// <param name="ByPersonId">Which person invites.</param>
/// <param name="ByClientId">Which machine invites.</param>
public sealed record InvitationLink(byte[] SecretHash, InvitationDelivery Delivery, DateTimeOffset ExpiresAt, Guid? ByPersonId, Guid? ByClientId);
