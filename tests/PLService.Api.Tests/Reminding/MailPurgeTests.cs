using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Mails;
using PLService.Api.Mailing;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Mailing;

namespace PLService.Api.Tests.Reminding;

public sealed class MailPurgeTests(MailPurgeTests.Later api) : IClassFixture<MailPurgeTests.Later>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_delivered_or_not_wanted_goes_after_its_days_and_the_rest_stays()
    {
        var (tenant, other) = (await api.NewTenantAsync(), await api.NewTenantAsync());
        await QueueAsync(other, 1, MailStatus.Sent);
        foreach (var status in Enum.GetValues<MailStatus>())
            await QueueAsync(tenant, status is MailStatus.Sent ? MailPurge.AtOnce + 5 : 2, status);
        Assert.Equal(0, await RemoveAsync(tenant));
        api.Wait(TimeSpan.FromDays(89));
        Assert.Equal(0, await RemoveAsync(tenant));

        api.Wait(TimeSpan.FromDays(2));
        Assert.Equal(MailPurge.AtOnce + 7, await RemoveAsync(tenant));

        Assert.Equal(0, await RemoveAsync(tenant));
        var left = await tenant.StoredAsync(db => db.Mails.GroupBy(mail => mail.Status).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(Ct));
        Assert.Equal(
            [(MailStatus.Queued, 2), (MailStatus.Shown, 2), (MailStatus.Failed, 2), (MailStatus.Bounced, 2)],
            left.Select(group => (group.Key, group.Count)).OrderBy(group => group.Key));
        Assert.Equal(1, await other.StoredAsync(db => db.Mails.CountAsync(Ct)));
        var told = await tenant.StoredAsync(db => db.AuditEvents.Where(e => e.Action == "mail.purged").Select(e => e.Detail).SingleAsync(Ct));
        Assert.Equal($$"""{"mails": {{MailPurge.AtOnce + 7}}}""", told);
    }

    private Task<int> RemoveAsync(TestTenant tenant) => tenant.WithinAsync<MailPurge, int>(api.Services, purge => purge.RemoveAsync(Ct));

    private async Task QueueAsync(TestTenant tenant, int count, MailStatus status)
    {
        var before = await tenant.StoredAsync(db => db.Mails.Select(mail => mail.Id).ToListAsync(Ct));
        await tenant.QueueManyAsync(api, Enumerable.Range(0, count).Select(_ => (MailSteps.NewAddress(), (MailModel)SampleMails.Closing())));
        await tenant.StoredAsync(db => db.Mails.Where(mail => !before.Contains(mail.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(mail => mail.Status, status).SetProperty(mail => mail.TextBody, (string?)null).SetProperty(mail => mail.HtmlBody, (string?)null)
                .SetProperty(mail => mail.UnsubscribeAddress, (string?)null), Ct));
    }

    /// <summary>A service whose time can be moved on.</summary>
    public sealed class Later : ApiServer
    {
        private readonly MovableClock _clock = new();

        protected override TimeProvider Clock => _clock;

        protected override string[] Settings => ["Jobs:Workers=0"];

        public void Wait(TimeSpan time) => _clock.Advance(time);
    }
}
