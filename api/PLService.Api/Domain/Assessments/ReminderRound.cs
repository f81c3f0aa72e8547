namespace PLService.Api.Domain.Assessments;

/// <summary>Why people were reminded.</summary>
public enum ReminderKind
{
    /// <summary>One of the days before the window closes had come.</summary>
    Scheduled,

    /// <summary>A coordinator asked for it.</summary>
    Requested,
}

/// <summary>
/// One reminder to all of a roster who have not answered. There is one for a day and a closing date: the window closing on another date is
/// counted anew, and no date twice. Rows are written below EF, see <c>Reminders</c>.
/// </summary>
public sealed class ReminderRound : ITenantOwned
{
    public Guid TenantId { get; private init; }
    public Guid Id { get; private init; }
    public Guid AssessmentId { get; private init; }
    public ReminderKind Kind { get; private init; }

    /// <summary>The last day of the window, as it was told.</summary>
    public DateOnly ClosesOn { get; private init; }

    /// <summary>The day where the organization is.</summary>
    public DateOnly OnDay { get; private init; }

    public DateTimeOffset SentAt { get; private init; }

    /// <summary>To how many a mail was written.</summary>
    public int Queued { get; private init; }

    /// <summary>How many do not want reminders.</summary>
    public int Unsubscribed { get; private init; }

    /// <summary>How many have an address from which the last mail came back.</summary>
    public int Bounced { get; private init; }

    /// <summary>How many have no address, or are deactivated.</summary>
    public int Unreachable { get; private init; }
}

/// <summary>What became of a reminder for one person.</summary>
public enum ReminderOutcome
{
    Queued,
    Unsubscribed,
    Bounced,
    Deactivated,
    NoAddress,
}

/// <summary>That a person was to be reminded: once in a round.</summary>
public sealed class Reminder : ITenantOwned
{
    public Guid TenantId { get; private init; }
    public Guid RoundId { get; private init; }
    public Guid PersonId { get; private init; }
    public ReminderOutcome Outcome { get; private init; }

    /// <summary>The mail; it is kept for some months only.</summary>
    public Guid? MailId { get; private init; }
}

public static class ReminderErrors
{
    public static readonly DomainError NoClosingDate = new(
        "reminder.no_closing_date", "The assessment's window has no last day, or one that is over. Set windowClosesOn to a day to come.");

    public static readonly DomainError AlreadyToday = new(
        "reminder.already_today", "A reminder of this assessment went out today. Once a day is enough; ask again tomorrow.");

    public static readonly DomainError NobodyInvited = new(
        "reminder.nobody_invited", "Nobody is on the assessment's roster, so nobody can be reminded. Invite people first.");
}
