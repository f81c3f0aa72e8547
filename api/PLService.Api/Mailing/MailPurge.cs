using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Mailing;

/// <summary>
/// Removes mail that was delivered or not wanted and has been kept for long enough; links to unsubscribe that it held end with it. What was not
/// delivered stays: it says which addresses are no good.
/// </summary>
internal sealed class MailPurge(PLServiceDbContext db, AuditTrail audit, Caller caller, MailOptions options, TimeProvider clock, IEnumerable<RecurringJob> recurring)
    : RecurringHandler(db, recurring)
{
    public const string JobKind = "mailPurge";

    /// <summary>How many rows one statement removes.</summary>
    public const int AtOnce = 1000;

    private const int MaxStatements = 20;

    // RecurringHandler keeps one of its own.
    private readonly PLServiceDbContext _db = db;

    public override string Kind => JobKind;

    protected override Task WorkAsync(JobRun run, CancellationToken ct) => RemoveAsync(ct);

    /// <summary>Removes what is old, up to 20,000 mails; gives how many.</summary>
    internal async Task<int> RemoveAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow().AddDays(-options.KeepDays);
        // Ids begin with the time: below this one stand the old ones alone, and nothing else is read.
        var upTo = Guid.CreateVersion7(before);
        var removed = 0;
        await using var transaction = await _db.Database.BeginTransactionAsync(ct);
        for (var i = 0; i < MaxStatements; i++)
        {
            var some = await _db.Database.ExecuteSqlAsync(
                $"""
                 delete from pls.mail where tenant_id = {caller.TenantId} and id in (
                     select m.id from pls.mail m
                     where m.tenant_id = {caller.TenantId} and m.status in ('sent', 'suppressed') and m.id < {upTo} and m.updated_at < {before}
                     order by m.id limit {AtOnce})
                 """, ct);
            removed += some;
            if (some < AtOnce)
                break;
        }

        if (removed > 0)
            audit.Record("mail.purged", caller.TenantId, organizationId: null, new { mails = removed });
        await _db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return removed;
    }
}
