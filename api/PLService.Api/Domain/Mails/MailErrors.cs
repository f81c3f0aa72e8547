namespace PLService.Api.Domain.Mails;

public static class MailErrors
{
    public static readonly DomainError NotUndelivered = new("mail.not_undelivered", "Only a mail that failed or bounced can be sent again.");

    public static readonly DomainError BodyIsGone = new(
        "mail.body_is_gone", "Its link is a secret that was not kept; send a new invitation, or ask for a new link.");

    public static readonly DomainError NotConfigured = new("mail.not_configured", "The service has no mail server, so nothing can be sent.");
}
