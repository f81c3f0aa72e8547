namespace PLService.Api.Domain.Mails;

/// <summary>
/// One mail to one recipient. It is written in the transaction of what it tells of and sent afterwards, at least once. What it says is
/// kept as long as somebody needs it: until the mail server has it; where it was not delivered, for another attempt that somebody asks
/// for, unless it holds a secret; and for good only where it is shown and not sent.
/// </summary>
public sealed class Mail : TenantEntity
{
    public const int NameMaxLength = 200;
    public const int SubjectMaxLength = 250;
    public const int ErrorDetailMaxLength = 500;

    /// <summary>After so many attempts it is given up; with pauses that double from a minute to four hours that is after 16 hours.</summary>
    public const int MaxAttempts = 12;

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(4);

    private Mail()
    {
    }

    public MailKind Kind { get; private init; }
    public MailStatus Status { get; private set; }
    public Guid? RecipientPersonId { get; private init; }
    public string RecipientAddress { get; private init; } = "";
    public string? RecipientName { get; private init; }

    /// <summary>The language that it is written in.</summary>
    public string Language { get; private init; } = "";

    public string Subject { get; private init; } = "";
    public string? TextBody { get; private set; }
    public string? HtmlBody { get; private set; }

    /// <summary>Where the recipient says that they do not want the kind; it goes with the bodies.</summary>
    public string? UnsubscribeAddress { get; private set; }

    public byte[]? UnsubscribeHash { get; private init; }

    /// <summary>The same at each attempt, so that a mail that was sent twice can be told.</summary>
    public string MessageId { get; private init; } = "";

    public int Attempts { get; private set; }
    public DateTimeOffset? DueAt { get; private set; }
    public string? ErrorCode { get; private set; }
    public string? ErrorDetail { get; private set; }
    public DateTimeOffset QueuedAt { get; private set; }
    public DateTimeOffset? SentAt { get; private set; }

    /// <param name="id">The id, which the unsubscribe link holds already.</param>
    /// <param name="kind">Why it is sent.</param>
    /// <param name="to">To whom.</param>
    /// <param name="content">What it says.</param>
    /// <param name="unsubscription">How the recipient gets rid of the kind, where they may.</param>
    /// <param name="domain">The sender's domain.</param>
    /// <param name="now">The time.</param>
    public static Mail Write(
        Guid id, MailKind kind, MailRecipient to, MailContent content, MailUnsubscription? unsubscription, string domain, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(content);
        return new()
        {
            Id = id,
            Kind = kind,
            RecipientPersonId = to.PersonId,
            RecipientAddress = to.Address,
            RecipientName = to.Name,
            Language = content.Language,
            Subject = content.Subject,
            TextBody = content.Text,
            HtmlBody = content.Html,
            UnsubscribeAddress = unsubscription?.Address,
            UnsubscribeHash = unsubscription?.Hash,
            MessageId = $"<{id:N}@{domain}>",
            Status = MailStatus.Queued,
            QueuedAt = now,
            DueAt = now,
        };
    }

    /// <summary>There is no mail server: it is read here.</summary>
    public void Show() => (Status, DueAt) = (MailStatus.Shown, null);

    /// <summary>The recipient does not want the kind.</summary>
    public void Suppress()
    {
        (Status, DueAt) = (MailStatus.Suppressed, null);
        Forget();
    }

    /// <summary>An attempt begins; whoever dies over it leaves the mail to the next attempt.</summary>
    public void Begin(DateTimeOffset now, TimeSpan firstPause)
    {
        Attempts++;
        var pause = firstPause * Math.Pow(2, Math.Min(Attempts, MaxAttempts) - 1);
        DueAt = now + (pause < LongestPause ? pause : LongestPause);
    }

    /// <summary>The mail server has it.</summary>
    public void Deliver(DateTimeOffset now)
    {
        (Status, DueAt, SentAt) = (MailStatus.Sent, null, now);
        (ErrorCode, ErrorDetail) = (null, null);
        Forget();
    }

    /// <summary>It did not work this time.</summary>
    public void Postpone(string code, string detail)
    {
        if (Attempts >= MaxAttempts)
            End(MailStatus.Failed);
        Note(code, detail);
    }

    /// <summary>The mail server refused it, and will again.</summary>
    public void Bounce(string code, string detail)
    {
        End(MailStatus.Bounced);
        Note(code, detail);
    }

    /// <summary>Somebody wants it to be tried again.</summary>
    public DomainError? Resend(DateTimeOffset now)
    {
        if (Status is not (MailStatus.Failed or MailStatus.Bounced))
            return MailErrors.NotUndelivered;
        if (TextBody is null)
            return MailErrors.BodyIsGone;

        (Status, Attempts, QueuedAt, DueAt) = (MailStatus.Queued, 0, now, now);
        (ErrorCode, ErrorDetail) = (null, null);
        return null;
    }

    private void End(MailStatus status)
    {
        (Status, DueAt) = (status, null);
        if (Kind.HoldsSecret())
            Forget();
    }

    private void Note(string code, string detail) =>
        (ErrorCode, ErrorDetail) = (code, detail.Length > ErrorDetailMaxLength ? detail[..ErrorDetailMaxLength] : detail);

    private void Forget() => (TextBody, HtmlBody, UnsubscribeAddress) = (null, null, null);
}
