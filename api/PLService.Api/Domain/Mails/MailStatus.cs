namespace PLService.Api.Domain.Mails;

/// <summary>Where a mail stands.</summary>
public enum MailStatus
{
    /// <summary>To be sent, or to be tried again.</summary>
    Queued,

    /// <summary>Made while the service has no mail server: to be read here, and never sent.</summary>
    Shown,

    /// <summary>The mail server took it.</summary>
    Sent,

    /// <summary>Given up after several attempts.</summary>
    Failed,

    /// <summary>The mail server refused it for good: most often there is no such address.</summary>
    Bounced,

    /// <summary>Not sent, because the recipient does not want this kind.</summary>
    Suppressed,
}
