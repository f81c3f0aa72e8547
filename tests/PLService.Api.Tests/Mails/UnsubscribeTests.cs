using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Mails;
using PLService.Api.Mailing;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Mailing;
using static PLService.Api.Tests.Mailing.MailSteps;

namespace PLService.Api.Tests.Mails;

public sealed class UnsubscribeTests(ApiServerWithMail api) : IClassFixture<ApiServerWithMail>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_click_ends_the_kind_for_the_address_and_nothing_else()
    {
        var tenant = await api.NewTenantAsync();
        var address = NewAddress();
        var link = await LinkAsync(tenant, address);
        using var anonymous = api.Anonymous();

        Assert.False((bool)(await anonymous.ReadAsync(link))["unsubscribed"]!);
        var answer = await (await ClickAsync(anonymous, link)).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal("{\"kind\":\"windowClosing\",\"unsubscribed\":true}", answer.ToJsonString());
        Assert.True((bool)(await anonymous.ReadAsync(link))["unsubscribed"]!);
        var again = await api.QueueMailAsync(tenant, SampleMails.Closing(), address.ToUpperInvariant());
        var digest = await api.QueueMailAsync(tenant, SampleMails.Digest(), address);
        var invitation = await api.QueueMailAsync(tenant, SampleMails.Invitation(), address);
        var other = await api.QueueMailAsync(await api.NewTenantAsync(), SampleMails.Closing(), address);
        var suppressed = await tenant.StoredMailAsync(again);
        Assert.Equal((MailStatus.Suppressed, null, null), (suppressed.Status, suppressed.TextBody, suppressed.DueAt));
        await tenant.AwaitMailAsync(digest, MailStatus.Sent);
        await tenant.AwaitMailAsync(invitation, MailStatus.Sent);
        Assert.NotEqual(Guid.Empty, other);
        Assert.Equal(4, (await api.Smtp.ReceiveAsync(address, 4)).Count);
    }

    [Fact]
    public async Task Doing_it_again_changes_nothing_and_leaves_one_event()
    {
        var tenant = await api.NewTenantAsync();
        var link = await LinkAsync(tenant, NewAddress());
        using var anonymous = api.Anonymous();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ClickAsync(anonymous, link)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal((1, 1), await tenant.StoredAsync(async db => (await db.MailOptOuts.CountAsync(Ct), await db.AuditEvents.CountAsync(e => e.Action == "mail.unsubscribed", Ct))));
    }

    [Fact]
    public async Task A_reminder_that_waits_when_its_recipient_unsubscribes_is_not_sent()
    {
        var tenant = await api.NewTenantAsync();
        var address = NewAddress("never");
        var waiting = await api.QueueMailAsync(tenant, SampleMails.Closing(), address);
        await tenant.AwaitMailAsync(waiting, mail => mail.Attempts > 0);
        using var anonymous = api.Anonymous();

        await (await ClickAsync(anonymous, PathOf((await tenant.StoredMailAsync(waiting)).UnsubscribeAddress!))).ExpectAsync(HttpStatusCode.OK);

        Assert.Null((await tenant.AwaitMailAsync(waiting, MailStatus.Suppressed)).TextBody);
    }

    [Fact]
    public async Task Who_is_signed_in_elsewhere_unsubscribes_as_well()
    {
        var tenant = await api.NewTenantAsync();
        var link = await LinkAsync(tenant, NewAddress());

        await (await ClickAsync((await api.NewTenantAsync()).Everything(), link)).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(1, await tenant.StoredAsync(db => db.MailOptOuts.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_link_that_is_not_ours_leads_nowhere()
    {
        var tenant = await api.NewTenantAsync();
        var link = await LinkAsync(tenant, NewAddress());
        var stranger = await api.NewTenantAsync();
        var id = await tenant.StoredAsync(db => db.Mails.Select(mail => mail.Id).SingleAsync(Ct));
        using var anonymous = api.Anonymous();

        foreach (var wrong in (string[])[
            link[..^4] + "AAAA", $"/v1/unsubscribe?token={UnsubscribeTokens.New(tenant.Id, id)}", $"/v1/unsubscribe?token={UnsubscribeTokens.New(stranger.Id, id)}",
            "/v1/unsubscribe?token=plu_x", "/v1/unsubscribe?token=x%00", ])
        {
            foreach (var answer in (HttpResponseMessage[])[await anonymous.GetAsync(wrong, Ct), await ClickAsync(anonymous, wrong)])
                Assert.Contains((int)answer.StatusCode, (int[])[400, 404]);
        }

        await (await anonymous.GetAsync($"/v1/unsubscribe?token={UnsubscribeTokens.New(tenant.Id, id)}", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "subscription.not_found");
        await (await ClickAsync(anonymous, "/v1/unsubscribe")).ExpectFaultAsync("?token", "value.required");
        Assert.Equal(0, await tenant.StoredAsync(db => db.MailOptOuts.CountAsync(Ct)));
    }

    private async Task<string> LinkAsync(TestTenant tenant, string address)
    {
        await api.QueueMailAsync(tenant, SampleMails.Closing(), address);
        return PathOf((await api.Smtp.ReceiveAsync(address))[0].Header("list-unsubscribe")!.Trim('<', '>'));
    }

    private static string PathOf(string link) => new Uri(link).PathAndQuery;

    // As RFC 8058 has it.
    private static async Task<HttpResponseMessage> ClickAsync(HttpClient client, string link)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["List-Unsubscribe"] = "One-Click" });
        return await client.PostAsync(link, form, Ct);
    }
}
