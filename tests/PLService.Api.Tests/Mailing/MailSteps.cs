using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PLService.Api.Access;
using PLService.Api.Domain.Mails;
using PLService.Api.Mailing;
using PLService.Api.Persistence;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Mailing;

/// <summary>What tests of mail do in one line each.</summary>
internal static class MailSteps
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static string NewAddress(string word = "ana") => $"{word}.{Guid.NewGuid().ToString("N")[..12]}@cedar.example.org";

    /// <summary>Leaves a mail in the outbox, as a slice does; gives its id.</summary>
    public static async Task<Guid> QueueMailAsync(this ApiServer api, TestTenant tenant, MailModel model, string address, string? name = "Ana Gómez", string? language = "es", Guid? personId = null)
    {
        await using var scope = api.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(CallerIdentity.Service(tenant.Id));
        var mail = await scope.ServiceProvider.GetRequiredService<Outbox>().QueueAsync(new MailRecipient(address, name, personId, language), model, Ct);
        await scope.ServiceProvider.GetRequiredService<PLServiceDbContext>().SaveChangesAsync(Ct);
        return mail.Id;
    }

    /// <summary>The mail as it is stored.</summary>
    public static Task<Mail> StoredMailAsync(this TestTenant tenant, Guid id) => tenant.StoredAsync(db => db.Mails.AsNoTracking().SingleAsync(mail => mail.Id == id, Ct));

    /// <summary>The mail once it is as wanted.</summary>
    public static async Task<Mail> AwaitMailAsync(this TestTenant tenant, Guid id, Func<Mail, bool> wanted)
    {
        for (var since = TimeProvider.System.GetTimestamp(); ; await Task.Delay(50, Ct))
        {
            var mail = await tenant.StoredMailAsync(id);
            if (wanted(mail))
                return mail;
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, $"It is {mail.Status} after {mail.Attempts} attempts, {mail.ErrorCode} {mail.ErrorDetail}, due {mail.DueAt}.");
        }
    }

    public static Task<Mail> AwaitMailAsync(this TestTenant tenant, Guid id, MailStatus status) => tenant.AwaitMailAsync(id, mail => mail.Status == status);

    /// <summary>Leaves many mails in the outbox with one call, as a slice does.</summary>
    public static async Task QueueManyAsync(this TestTenant tenant, ApiServer api, IEnumerable<(string Address, MailModel Model)> mails)
    {
        await using var scope = api.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(CallerIdentity.Service(tenant.Id));
        await scope.ServiceProvider.GetRequiredService<Outbox>().QueueAsync([.. mails.Select(mail => (new MailRecipient(mail.Address, null, null, "en"), mail.Model))], Ct);
        await scope.ServiceProvider.GetRequiredService<PLServiceDbContext>().SaveChangesAsync(Ct);
    }

    /// <summary>Waits until so many mails of the tenant have a status.</summary>
    public static async Task AwaitAllAsync(this TestTenant tenant, MailStatus status, int count)
    {
        for (var since = TimeProvider.System.GetTimestamp(); ; await Task.Delay(50, Ct))
        {
            var there = await tenant.StoredAsync(db => db.Mails.CountAsync(mail => mail.Status == status, Ct));
            if (there == count)
                return;
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, $"{there} of {count} are {status}.");
        }
    }

    public static string? Header(this JsonObject mail, string name) => (string?)mail["headers"]![name];
}
