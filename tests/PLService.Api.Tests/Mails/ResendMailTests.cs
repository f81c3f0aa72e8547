using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Mails;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Mailing;
using static PLService.Api.Tests.Mailing.MailSteps;

namespace PLService.Api.Tests.Mails;

public sealed class ResendMailTests(ApiServerWithMail api) : IClassFixture<ApiServerWithMail>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_that_bounced_is_sent_again_and_can_arrive_now()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var address = NewAddress();
        var id = await BouncedAsync(tenant, "bounce");
        // The mailbox is there by now.
        await tenant.StoredAsync(db => db.Mails.Where(mail => mail.Id == id).ExecuteUpdateAsync(set => set.SetProperty(mail => mail.RecipientAddress, address), Ct));
        var mail = await client.ReadAsync($"/v1/mails/{id}");

        var answer = await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/mails/{id}/resend", ifMatch: mail.ETag())).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(("queued", 0, null), ((string?)answer["status"], (int)answer["attempts"]!, answer["errorCode"]));
        var got = Assert.Single(await api.Smtp.ReceiveAsync(address));
        Assert.Equal((string?)mail["mail"]!["messageId"], got.Header("message-id"));
        await tenant.AwaitMailAsync(id, MailStatus.Sent);
        Assert.Equal(["mail.resent"], await tenant.StoredAsync(db => db.AuditEvents.Where(e => e.ResourceId == id && e.Action != "mail.read").Select(e => e.Action).ToListAsync(Ct)));
    }

    [Fact]
    public async Task Who_did_not_read_the_mail_as_it_is_now_sends_nothing()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var id = await BouncedAsync(tenant, "bounce");

        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/mails/{id}/resend")).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/mails/{id}/resend", ifMatch: "\"1\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        Assert.Equal(MailStatus.Bounced, (await tenant.StoredMailAsync(id)).Status);
    }

    [Fact]
    public async Task A_mail_that_held_a_secret_or_has_arrived_is_not_sent_again()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var secret = await api.QueueMailAsync(tenant, SampleMails.Invitation(), NewAddress("bounce"));
        var sent = await api.QueueMailAsync(tenant, SampleMails.Closing(), NewAddress());
        await tenant.AwaitMailAsync(secret, MailStatus.Bounced);
        await tenant.AwaitMailAsync(sent, MailStatus.Sent);

        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/mails/{secret}/resend", ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "mail.body_is_gone");
        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/mails/{sent}/resend", ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "mail.not_undelivered");
        await (await tenant.Only("mail:read").SendJsonAsync(HttpMethod.Post, $"/v1/mails/{secret}/resend", ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
    }

    private async Task<Guid> BouncedAsync(TestTenant tenant, string word)
    {
        var id = await api.QueueMailAsync(tenant, SampleMails.Closing(), NewAddress(word));
        await tenant.AwaitMailAsync(id, MailStatus.Bounced);
        return id;
    }
}
