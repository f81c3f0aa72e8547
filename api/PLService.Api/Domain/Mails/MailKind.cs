namespace PLService.Api.Domain.Mails;

/// <summary>Why a mail is sent.</summary>
public enum MailKind
{
    /// <summary>Somebody is asked to join.</summary>
    Invitation,

    /// <summary>The link to choose a new password.</summary>
    PasswordReset,

    /// <summary>The link that confirms a new address.</summary>
    EmailChange,

    /// <summary>Somebody asks for a role; for those who may grant it.</summary>
    AccessRequest,

    /// <summary>An assessment's window closes soon.</summary>
    WindowClosing,

    /// <summary>What is due.</summary>
    Digest,

    /// <summary>Somebody signed in as the recipient from a place that is new.</summary>
    SignInNotice,

    /// <summary>The link to choose a first password.</summary>
    AccountCreated,

    /// <summary>Something about the recipient's account was changed.</summary>
    AccountNotice,

    /// <summary>A role that the recipient asked for was granted or refused.</summary>
    AccessDecision,

    /// <summary>A plan was submitted to the next level, decided about or commented on.</summary>
    PlanNews,
}

/// <summary>What holds for all mails of a kind.</summary>
public static class MailKinds
{
    /// <summary>The recipient may say that they do not want it; what they asked for or need in order to get in always comes.</summary>
    public static bool CanBeUnsubscribed(this MailKind kind) => kind is MailKind.WindowClosing or MailKind.Digest or MailKind.PlanNews;

    /// <summary>Whoever reads it can act as the recipient: its body is not kept longer than it takes to deliver it.</summary>
    public static bool HoldsSecret(this MailKind kind) => kind is MailKind.Invitation or MailKind.PasswordReset or MailKind.EmailChange or MailKind.AccountCreated;
}
