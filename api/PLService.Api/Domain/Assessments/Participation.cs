namespace PLService.Api.Domain.Assessments;

/// <summary>How far somebody has come.</summary>
public enum ParticipationStatus
{
    /// <summary>On the roster, and has not begun.</summary>
    Invited,

    /// <summary>Has begun to answer.</summary>
    Started,

    /// <summary>Has handed in. Never known of an anonymous assessment.</summary>
    Submitted,
}

/// <summary>
/// That somebody takes part in an assessment, and nothing of what is answered: no column leads to the response. Rows are written below EF,
/// see <c>ParticipationStore</c>.
/// </summary>
public sealed class Participation : ITenantOwned
{
    /// <summary>How many people one assessment can have on its roster.</summary>
    public const int MaxRoster = 20_000;

    /// <summary>What begins the key of a person's response in a named assessment; a name that is typed does not begin with it.</summary>
    public const string PersonKeyPrefix = "person:";

    public Guid TenantId { get; private init; }

    /// <summary>Random, for a UUIDv7 would tell the order in which people came.</summary>
    public Guid Id { get; private init; } = Guid.NewGuid();

    public Guid AssessmentId { get; init; }

    /// <summary>The person; null when somebody without an account joined by a code.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The name or key that somebody without an account gave.</summary>
    public string? ParticipantKey { get; init; }

    public ParticipationStatus Status { get; init; }

    /// <summary>When the person came onto the roster; null for who joined without being invited.</summary>
    public DateOnly? InvitedOn { get; init; }

    /// <summary>The day of the first rating or of joining; kept in named assessments alone.</summary>
    public DateOnly? StartedOn { get; init; }

    /// <summary>The day of handing in; kept in named assessments alone.</summary>
    public DateOnly? SubmittedOn { get; init; }
}

/// <summary>Who takes part: a person, somebody who gave a name, or nobody that one knows.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Key">The name or key that was given.</param>
public sealed record Participant(Guid? PersonId, string? Key)
{
    /// <summary>Somebody of whom nothing is known.</summary>
    public static readonly Participant Unknown = new(null, null);

    /// <summary>What stands for the participant, as text; null when nothing is known.</summary>
    public string? Name => PersonId is { } id ? Participation.PersonKeyPrefix + id : Key;
}
