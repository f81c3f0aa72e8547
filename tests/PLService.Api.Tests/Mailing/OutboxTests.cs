using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PLService.Api.Access;
using PLService.Api.Domain.Mails;
using PLService.Api.Mailing;
using PLService.Api.Persistence;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Mailing.MailSteps;

namespace PLService.Api.Tests.Mailing;

/// <summary>What slices rely on: mail goes with their transaction.</summary>
public sealed class OutboxTests(ApiServerWithMail api) : IClassFixture<ApiServerWithMail>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_rolled_back_writes_to_nobody()
    {
        var tenant = await api.NewTenantAsync();
        var (rolledBack, committed) = (NewAddress(), NewAddress());

        await WithinAsync(tenant, rolledBack, commit: false);
        Assert.Equal((0, 0), await tenant.StoredAsync(async db => (await db.Mails.CountAsync(Ct), await db.Jobs.CountAsync(Ct))));
        await WithinAsync(tenant, committed, commit: true);

        Assert.Single(await api.Smtp.ReceiveAsync(committed));
        Assert.DoesNotContain(api.Smtp.Mails, mail => (string?)mail["to"]![0] == rolledBack);
        Assert.Equal([committed], await tenant.StoredAsync(db => db.Mails.Select(mail => mail.RecipientAddress).ToListAsync(Ct)));
    }

    [Fact]
    public async Task Several_mails_of_a_transaction_are_one_job()
    {
        var tenant = await api.NewTenantAsync();
        var addresses = Enumerable.Range(0, 5).Select(_ => NewAddress()).ToList();

        await tenant.QueueManyAsync(api, addresses.Select(address => (address, (MailModel)SampleMails.Invitation())));

        await tenant.AwaitAllAsync(MailStatus.Sent, addresses.Count);
        Assert.Equal(1, await tenant.StoredAsync(db => db.Jobs.CountAsync(Ct)));
    }

    [Fact]
    public async Task What_is_no_address_is_refused_before_it_is_written_to()
    {
        var tenant = await api.NewTenantAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => api.QueueMailAsync(tenant, SampleMails.Invitation(), "a@example.org>\r\nRCPT TO:<b@example.org"));
        Assert.Equal(0, await tenant.StoredAsync(db => db.Mails.CountAsync(Ct)));
    }

    private async Task WithinAsync(TestTenant tenant, string address, bool commit)
    {
        await using var scope = api.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(CallerIdentity.Service(tenant.Id));
        var db = scope.ServiceProvider.GetRequiredService<PLServiceDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        await scope.ServiceProvider.GetRequiredService<Outbox>().QueueAsync(new MailRecipient(address, null, null, null), SampleMails.Invitation(), Ct);
        await db.SaveChangesAsync(Ct);
        if (commit)
            await transaction.CommitAsync(Ct);
    }
}
