namespace PLService.Api.Features.Mails;

internal static class MailsFeature
{
    /// <summary>The outbox, and the way out of reminders.</summary>
    public static void MapMails(this RouteGroupBuilder v1)
    {
        var mails = v1.MapGroup("/mails").WithTags("Mail");
        ListMails.Map(mails);
        GetMail.Map(mails);
        ResendMail.Map(mails);

        var unsubscribe = v1.MapGroup("/unsubscribe").WithTags("Mail");
        GetUnsubscription.Map(unsubscribe);
        Unsubscribe.Map(unsubscribe);
    }
}
