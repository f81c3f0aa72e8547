using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Mailing.Reminding;

/// <summary>Sends the reminders that are due, each assessment's in a transaction of its own.</summary>
internal sealed class RemindersHandler(
    PLServiceDbContext db, DueReminders due, IServiceScopeFactory scopes, Caller caller, IEnumerable<RecurringJob> recurring) : RecurringHandler(db, recurring)
{
    public const string JobKind = "reminders";

    public override string Kind => JobKind;

    protected override Task WorkAsync(JobRun run, CancellationToken ct) => SendDueAsync(run, ct);

    /// <summary>Sends what is due; gives for how many assessments.</summary>
    internal async Task<int> SendDueAsync(JobRun? run, CancellationToken ct)
    {
        var sent = 0;
        var found = await due.ScheduledAsync(ct);
        foreach (var reminder in found)
        {
            run?.Report("sending reminders", sent, found.Count);
            if (await SendAsync(reminder, ct))
                sent++;
        }

        return sent;
    }

    private async Task<bool> SendAsync(DueReminder reminder, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<Caller>().Become(CallerIdentity.Service(caller.TenantId));
        var work = services.GetRequiredService<PLServiceDbContext>();
        await using var transaction = await work.Database.BeginTransactionAsync(ct);
        // Held, so that it is not closed meanwhile; whoever moved its last day since has made another step of it.
        if (await services.GetRequiredService<AssessmentGate>().HoldAsync(reminder.AssessmentId, ct) is not { Status: AssessmentStatus.Open }
            || await services.GetRequiredService<DueReminders>().OneAsync(reminder.AssessmentId, ct) is not { } now || now.ClosesOn != reminder.ClosesOn || now.Today != reminder.Today)
            return false;
        if (await services.GetRequiredService<Reminders>().SendAsync(now, ReminderKind.Scheduled, ct) is null)
            return false;
        await work.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }
}
