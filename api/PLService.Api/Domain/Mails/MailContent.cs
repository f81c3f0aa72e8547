namespace PLService.Api.Domain.Mails;

/// <summary>To whom a mail goes.</summary>
/// <param name="Address">The address.</param>
/// <param name="Name">The name beside it; null when it is not known.</param>
/// <param name="PersonId">The person; null when it is not one of the tenant's.</param>
/// <param name="Language">The language that they want (BCP 47); English unless there are templates in it.</param>
public sealed record MailRecipient(string Address, string? Name, Guid? PersonId, string? Language);

/// <summary>What a mail says.</summary>
/// <param name="Language">The language that it is written in.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">The body for those who read text.</param>
/// <param name="Html">The same as HTML.</param>
public sealed record MailContent(string Language, string Subject, string Text, string Html);

/// <summary>How a recipient says that they do not want the kind.</summary>
/// <param name="Address">The link, which holds the token.</param>
/// <param name="Hash">What is kept of the token.</param>
public sealed record MailUnsubscription(string Address, byte[] Hash);
