using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class MailOperations
{
    public static void Map(OperationMap map)
    {
        map.WholeTenant("ListMails", Expectation.Nothing, async a =>
        {
            await a.NewMailAsync();
            return Get("/v1/mails?limit=500&count=true");
        });
        map.WholeTenant("GetMail", Expectation.NotFound, async a => Get($"/v1/mails/{(await a.NewMailAsync()).Id}"));
        map.WholeTenant("ResendMail", Expectation.NotFound, async a => Post($"/v1/mails/{(await a.NewMailAsync()).Id}/resend", null, "*"));
        map.Public("GetUnsubscription", async a => Get(new Uri((await a.NewMailAsync()).UnsubscribeAddress!).PathAndQuery));
        map.Public("Unsubscribe", async a => Post(new Uri((await a.NewMailAsync()).UnsubscribeAddress!).PathAndQuery));
    }
}
