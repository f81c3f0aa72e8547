using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Jobs;
using PLService.Api.Domain.Mails;
using PLService.Api.Persistence;

namespace PLService.Api.Mailing.Delivery;

/// <summary>Which mail of the tenant is next, and when somebody has to look again.</summary>
internal sealed class MailDesk(PLServiceDbContext db, MailOptions options, TimeProvider clock)
{
    /// <summary>
    /// Takes the mail that is due longest; null when none is. Taking it is committed before anything is sent, and makes it due again after
    /// a pause: so two workers never send the same at once, and no transaction is open while a mail server thinks.
    /// </summary>
    public async Task<Mail?> TakeAsync(CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        var due = await db.Mails.FromSql(
            $"""
             select * from pls.mail
             where tenant_id = {db.TenantId} and status = 'queued' and due_at <= {now}
             order by due_at, id limit 1 for update skip locked
             """).IgnoreQueryFilters().ToListAsync(ct);
        if (due is not [var mail])
            return null;

        if (mail.Kind.CanBeUnsubscribed() && await IsUnwantedAsync(mail, ct))
            mail.Suppress();
        else
            mail.Begin(now, options.FirstPause);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return mail;
    }

    /// <summary>Adds a job for the mail that is left, if there is any and no other job will look after it.</summary>
    /// <param name="self">The job that ends.</param>
    /// <param name="notBefore">When the mail server may be asked again.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task ScheduleRestAsync(Guid self, DateTimeOffset? notBefore, CancellationToken ct)
    {
        if (await db.Mails.Where(mail => mail.Status == MailStatus.Queued).MinAsync(mail => mail.DueAt, ct) is not { } due)
            return;
        var at = notBefore > due ? notBefore.Value : due;
        var looksAfterIt = await db.Jobs.AnyAsync(
            job => job.Kind == MailDeliveryHandler.JobKind && job.Status == JobStatus.Queued && !job.CancelRequested && job.Id != self && job.RunAfter <= at, ct);
        if (!looksAfterIt)
            db.Add(Job.Create(MailDeliveryHandler.JobKind, db.TenantId, organizationId: null, apiClientId: null, at));
        await db.SaveChangesAsync(ct);
    }

    private Task<bool> IsUnwantedAsync(Mail mail, CancellationToken ct)
    {
        var hash = MailOptOut.HashOf(mail.RecipientAddress);
        return db.MailOptOuts.AnyAsync(optOut => optOut.AddressHash == hash && optOut.Kind == mail.Kind, ct);
    }
}
