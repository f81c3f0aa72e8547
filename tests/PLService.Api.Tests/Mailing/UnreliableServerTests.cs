using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Jobs;
using PLService.Api.Domain.Mails;
using PLService.Api.Mailing.Delivery;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Mailing.MailSteps;

namespace PLService.Api.Tests.Mailing;

/// <summary>A mail server that is away, hangs or dies: each test has its own, for the service remembers that it is away.</summary>
public sealed class UnreliableServerTests : IAsyncLifetime
{
    private readonly ApiServerWithMail _api = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ((IAsyncLifetime)_api).InitializeAsync();

    public ValueTask DisposeAsync() => ((IAsyncDisposable)_api).DisposeAsync();

    [Fact]
    public async Task What_was_queued_while_the_server_was_away_is_sent_when_it_is_back()
    {
        var tenant = await _api.NewTenantAsync();
        await _api.Smtp.StopAsync();
        var (first, second) = (NewAddress(), NewAddress());
        var one = await _api.QueueMailAsync(tenant, SampleMails.Invitation(), first);
        var other = await _api.QueueMailAsync(tenant, SampleMails.Closing(), second);
        var waiting = await tenant.AwaitMailAsync(one, mail => mail.ErrorCode is not null);
        Assert.Equal((MailStatus.Queued, "smtp.unreachable"), (waiting.Status, waiting.ErrorCode));
        Assert.NotNull(waiting.TextBody);

        await _api.Smtp.RestartAsync();

        Assert.Single(await _api.Smtp.ReceiveAsync(first));
        Assert.Single(await _api.Smtp.ReceiveAsync(second));
        await tenant.AwaitMailAsync(one, MailStatus.Sent);
        await tenant.AwaitMailAsync(other, MailStatus.Sent);
    }

    [Fact]
    public async Task A_server_that_hangs_holds_nobody_up_for_longer_than_its_limit()
    {
        var tenant = await _api.NewTenantAsync();
        var clock = Stopwatch.StartNew();
        var stuck = await _api.QueueMailAsync(tenant, SampleMails.Invitation(), NewAddress("hang"));
        var hung = await tenant.AwaitMailAsync(stuck, mail => mail.ErrorCode is not null);
        Assert.Equal("smtp.timeout", hung.ErrorCode);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(20));

        var address = NewAddress();
        await _api.QueueMailAsync(tenant, SampleMails.Invitation(), address);

        Assert.Single(await _api.Smtp.ReceiveAsync(address));
    }

    [Fact]
    public async Task A_mail_that_a_dying_server_took_is_sent_again_under_the_same_name()
    {
        var tenant = await _api.NewTenantAsync();
        var address = NewAddress("dies");
        var id = await _api.QueueMailAsync(tenant, SampleMails.Invitation(), address);
        var first = Assert.Single(await _api.Smtp.ReceiveAsync(address));
        await tenant.AwaitMailAsync(id, mail => mail.ErrorCode == "smtp.unreachable");

        await _api.Smtp.RestartAsync();

        var second = Assert.Single(await _api.Smtp.ReceiveAsync(address));
        Assert.Equal(first.Header("message-id"), second.Header("message-id"));
        Assert.Equal(first.Header("message-id"), (await tenant.AwaitMailAsync(id, MailStatus.Sent)).MessageId);
    }

    [Fact]
    public async Task Waiting_for_the_server_takes_one_job_per_tenant_however_much_mail_there_is_and_cancelling_it_loses_none()
    {
        var tenant = await _api.NewTenantAsync();
        await _api.Smtp.StopAsync();
        var addresses = Enumerable.Range(0, 10).Select(_ => NewAddress()).ToList();
        foreach (var address in addresses)
            await _api.QueueMailAsync(tenant, SampleMails.Closing(), address);

        // Each job of a second follows the one before: who comes too late takes the next.
        while (await CancelAsync(tenant, await AwaitOneJobAsync(tenant)) is not HttpStatusCode.OK)
        {
        }

        await _api.Smtp.RestartAsync();

        foreach (var address in addresses)
            Assert.Single(await _api.Smtp.ReceiveAsync(address));
        await tenant.AwaitAllAsync(MailStatus.Sent, addresses.Count);
    }

    private static async Task<HttpStatusCode> CancelAsync(TestTenant tenant, Guid job) =>
        (await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/jobs/{job}/cancel")).StatusCode;

    private static async Task<Guid> AwaitOneJobAsync(TestTenant tenant)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(20, Ct))
        {
            var open = await tenant.StoredAsync(db => db.Jobs
                .Where(j => j.Kind == MailDeliveryHandler.JobKind && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running)).Select(j => new { j.Id, j.Status }).ToListAsync(Ct));
            if (open is [{ Status: JobStatus.Queued } only])
                return only.Id;
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"There are {open.Count} jobs.");
        }
    }
}
