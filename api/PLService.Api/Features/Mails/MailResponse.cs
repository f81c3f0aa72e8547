using System.Globalization;
using System.Linq.Expressions;
using PLService.Api.Domain;
using PLService.Api.Domain.Mails;

namespace PLService.Api.Features.Mails;

/// <summary>A mail of the outbox, without what it says.</summary>
/// <param name="Id">The mail.</param>
/// <param name="Kind">Why it is sent.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="RecipientAddress">To whom.</param>
/// <param name="RecipientName">The name beside the address.</param>
/// <param name="RecipientPersonId">The person; null when it is not one of the tenant's.</param>
/// <param name="Language">The language that it is written in.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="MessageId">Its Message-ID, by which it is found in the mail server's log.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="NextAttemptAt">When it is tried next; null when it is not tried any more.</param>
/// <param name="ErrorCode">Why the last attempt did not succeed: <c>smtp.550</c> is what the mail server said, <c>smtp.timeout</c> and the like that it could not be used.</param>
/// <param name="ErrorDetail">The mail server's words.</param>
/// <param name="QueuedAt">When it was written, or asked for again.</param>
/// <param name="SentAt">When the mail server took it.</param>
/// <param name="Version">+1 per change; the ETag.</param>
public sealed record MailResponse(
    Guid Id,
    MailKind Kind,
    MailStatus Status,
    string RecipientAddress,
    string? RecipientName,
    Guid? RecipientPersonId,
    string Language,
    string Subject,
    string MessageId,
    int Attempts,
    DateTimeOffset? NextAttemptAt,
    string? ErrorCode,
    string? ErrorDetail,
    DateTimeOffset QueuedAt,
    DateTimeOffset? SentAt,
    long Version) : IVersioned
{
    internal static readonly MailResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000070"), MailKind.WindowClosing, MailStatus.Bounced, "ana.gomez@cedar.example.org", "Ana Gómez",
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000080"), "es", "Preparación 2026 cierra en 3 días", "<01a2b3c4000070008000000000000070@pl.example.org>", 1, null,
        "smtp.550", "5.1.1 There is nobody of this name here", DateTimeOffset.Parse("2026-10-28T15:00:00Z", CultureInfo.InvariantCulture), null, 3);

    internal static readonly Expression<Func<Mail, MailResponse>> From = mail => new MailResponse(
        mail.Id, mail.Kind, mail.Status, mail.RecipientAddress, mail.RecipientName, mail.RecipientPersonId, mail.Language, mail.Subject, mail.MessageId,
        mail.Attempts, mail.DueAt, mail.ErrorCode, mail.ErrorDetail, mail.QueuedAt, mail.SentAt, mail.Version);

    internal static readonly Func<Mail, MailResponse> Of = From.Compile();
}
