using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Jobs;
using PLService.Api.Domain.Mails;
using PLService.Api.Mailing;
using static PLService.Api.Tests.Mailing.MailSteps;

namespace PLService.Api.Tests.Mailing;

/// <summary>What a real mail server gets, and what becomes of a mail that it does not take.</summary>
public sealed class DeliveryTests(ApiServerWithMail api) : IClassFixture<ApiServerWithMail>
{
    [Fact]
    public async Task A_mail_arrives_as_it_was_meant_and_what_it_said_is_not_kept()
    {
        var tenant = await api.NewTenantAsync();
        var address = NewAddress();

        var id = await api.QueueMailAsync(tenant, SampleMails.Invitation("t0ken") with { Note = "Línea 1\nLínea 2" }, address, "Ana \"Ñ\" Gómez");

        var got = Assert.Single(await api.Smtp.ReceiveAsync(address));
        var stored = await tenant.AwaitMailAsync(id, MailStatus.Sent);
        Assert.Equal(("no-reply@pl.example.org", "Ana \"Ñ\" Gómez"), ((string?)got["sender"], (string?)got["headerTo"]!["name"]));
        Assert.Equal($"Tenant {await tenant.StoredAsync(db => db.Tenants.Select(t => t.Slug).SingleAsync())}", (string?)got["from"]!["name"]);
        Assert.Equal("Invitación a unirse a Cedar Valley", (string?)got["subject"]);
        Assert.Contains("Línea 1\nLínea 2", ((string)got["text"]!).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("https://pl.example.org/invitations/t0ken", (string?)got["text"], StringComparison.Ordinal);
        Assert.Contains("<html lang=\"es\">", (string?)got["html"], StringComparison.Ordinal);
        Assert.Equal((stored.MessageId, "auto-generated", null), (got.Header("message-id"), got.Header("auto-submitted"), got.Header("list-unsubscribe")));
        Assert.Equal((null, null, 1, null), (stored.TextBody, stored.HtmlBody, stored.Attempts, stored.DueAt));
        Assert.NotNull(stored.SentAt);
        Assert.All(((string)got["raw"]!).Split("\r\n"), line => Assert.True(line.Length <= 998 && line.All(char.IsAscii), line));
    }

    [Fact]
    public async Task Names_with_line_breaks_become_no_headers()
    {
        var tenant = await api.NewTenantAsync();
        var (address, victim) = (NewAddress(), NewAddress("victim"));

        await api.QueueMailAsync(tenant, SampleMails.Closing($"Readiness\r\nBcc: {victim}\r\n\r\nHello"), address, $"Ana\r\nBcc: {victim}", "en");

        var got = Assert.Single(await api.Smtp.ReceiveAsync(address));
        Assert.Equal($"Readiness Bcc: {victim} Hello closes in 3 days", (string?)got["subject"]);
        Assert.Equal($"Ana Bcc: {victim}", (string?)got["headerTo"]!["name"]);
        Assert.Null(got.Header("bcc"));
        Assert.DoesNotContain(api.Smtp.Mails, mail => mail["to"]!.AsArray().Any(to => (string?)to == victim));
    }

    [Fact]
    public async Task A_reminder_can_be_ended_in_one_click_from_its_headers()
    {
        var tenant = await api.NewTenantAsync();
        var address = NewAddress();

        await api.QueueMailAsync(tenant, SampleMails.Closing(), address);

        var got = Assert.Single(await api.Smtp.ReceiveAsync(address));
        Assert.Matches("^<http://plservice.test/v1/unsubscribe\\?token=plu_[A-Za-z0-9_-]{86}>$", got.Header("list-unsubscribe"));
        Assert.Equal("List-Unsubscribe=One-Click", got.Header("list-unsubscribe-post"));
        Assert.Contains(got.Header("list-unsubscribe")!.Trim('<', '>'), (string?)got["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_the_server_does_not_know_bounces_and_the_others_arrive()
    {
        var tenant = await api.NewTenantAsync();
        var (nobody, refused, good) = (NewAddress("bounce"), NewAddress("refused"), NewAddress());

        var bounced = await api.QueueMailAsync(tenant, SampleMails.Invitation(), nobody);
        var withheld = await api.QueueMailAsync(tenant, SampleMails.Closing(), refused);
        await api.QueueMailAsync(tenant, SampleMails.Closing(), good);

        var (one, other) = (await tenant.AwaitMailAsync(bounced, MailStatus.Bounced), await tenant.AwaitMailAsync(withheld, MailStatus.Bounced));
        Assert.Equal(("smtp.550", "5.1.1 There is nobody of this name here", 1, null), (one.ErrorCode, one.ErrorDetail, one.Attempts, one.DueAt));
        Assert.Equal(("smtp.554", "5.7.1 Not this one"), (other.ErrorCode, other.ErrorDetail));
        // The invitation's link is a secret; the reminder can be sent again as it is.
        Assert.Null(one.TextBody);
        Assert.NotNull(other.TextBody);
        Assert.Single(await api.Smtp.ReceiveAsync(good));
    }

    [Fact]
    public async Task A_server_that_wants_it_later_gets_it_later()
    {
        var tenant = await api.NewTenantAsync();
        var (greylisted, closing) = (NewAddress("greylist"), NewAddress("closing"));

        var first = await api.QueueMailAsync(tenant, SampleMails.Invitation(), greylisted);
        var second = await api.QueueMailAsync(tenant, SampleMails.Invitation(), closing);

        Assert.Single(await api.Smtp.ReceiveAsync(greylisted));
        Assert.Single(await api.Smtp.ReceiveAsync(closing));
        foreach (var id in (Guid[])[first, second])
        {
            var sent = await tenant.AwaitMailAsync(id, MailStatus.Sent);
            Assert.Equal((2, null, null), (sent.Attempts, sent.ErrorCode, sent.TextBody));
        }
    }

    [Fact]
    public async Task A_server_that_never_wants_it_is_given_up_after_the_last_attempt()
    {
        var tenant = await api.NewTenantAsync();
        var id = await api.QueueMailAsync(tenant, SampleMails.Invitation(), NewAddress("never"));
        await tenant.AwaitMailAsync(id, mail => mail.Attempts > 0 && mail.ErrorCode == "smtp.451");
        await tenant.StoredAsync(db => db.Mails.Where(mail => mail.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.Attempts, Mail.MaxAttempts - 1).SetProperty(mail => mail.DueAt, DateTimeOffset.UtcNow)));

        var failed = await tenant.AwaitMailAsync(id, MailStatus.Failed);

        Assert.Equal((Mail.MaxAttempts, "smtp.451", "4.7.1 Come back later", null, null), (failed.Attempts, failed.ErrorCode, failed.ErrorDetail, failed.TextBody, failed.DueAt));
    }

    [Fact]
    public async Task Hundreds_at_once_arrive_once_each_over_a_few_sessions()
    {
        var tenant = await api.NewTenantAsync();
        var addresses = Enumerable.Range(0, 250).Select(_ => NewAddress("many")).ToHashSet();

        await tenant.QueueManyAsync(api, addresses.Select(address => (address, (MailModel)SampleMails.Closing())));

        await api.Smtp.ReceiveAsync(addresses.Last());
        await tenant.AwaitAllAsync(MailStatus.Sent, addresses.Count);
        var got = api.Smtp.Mails.Where(mail => addresses.Contains((string)mail["to"]![0]!)).ToList();
        Assert.Equal(addresses.Order(), got.Select(mail => (string)mail["to"]![0]!).Order());
        Assert.InRange(got.Select(mail => (string)mail["session"]!).Distinct().Count(), 1, 10);
        Assert.Empty(await tenant.StoredAsync(db => db.Jobs.Where(job => job.Status != JobStatus.Succeeded && job.Status != JobStatus.Running).ToListAsync()));
    }
}
