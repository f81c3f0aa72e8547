using PLService.Api.Mailing;

namespace PLService.Api.Tests.Mailing;

/// <summary>One model of each kind, with everything in it that a model can have.</summary>
internal static class SampleMails
{
    private static readonly Uri Link = new("https://pl.example.org/go?token=abc&n=1");
    private static readonly DateTimeOffset At = new(2026, 11, 2, 1, 5, 0, TimeSpan.Zero);

    public static IReadOnlyList<MailModel> All(string text) =>
    [
        new InvitationMail(text, text, "districtLead", Link, At, "America/Los_Angeles", text),
        new PasswordResetMail(Link, At, "America/Los_Angeles"),
        new EmailChangeMail(text, Link, At, "America/Los_Angeles"),
        new AccessRequestMail(text, text, "reviewer", Link, text),
        new AccessDecisionMail(true, text, "reviewer", Link, text),
        Closing(text),
        new DigestMail([new(text, text, new(2026, 10, 31), Link), new("Second", "School", new(2026, 11, 3), Link)], Link),
        new SignInNoticeMail(At, "America/Los_Angeles", text, Link),
        new AccountCreatedMail(Link, At, "America/Los_Angeles"),
        new PlanNewsMail(PlanEvent.Returned, text, text, text, Link, text),
        new AccountNoticeMail(AccountChange.Email, At, "America/Los_Angeles", Link),
    ];

    public static InvitationMail Invitation(string secret = "s3cr3t") =>
        new("Pat Lee", "Cedar Valley", "facilitator", new Uri($"https://pl.example.org/invitations/{secret}"), At, "America/Los_Angeles", null);

    public static WindowClosingMail Closing(string assessment = "Readiness 2026") => new(assessment, "Cedar Valley", new(2026, 10, 31), 3, Link);

    public static DigestMail Digest() => new([new("Readiness 2026", "Cedar Valley", new(2026, 10, 31), Link)], Link);

    public static SignInNoticeMail SignIn() => new(At, "America/Los_Angeles", "Firefox on Linux", Link);
}
