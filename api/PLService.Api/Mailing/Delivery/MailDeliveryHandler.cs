using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Domain.Mails;
using PLService.Api.Mailing.Smtp;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Mailing.Delivery;

/// <summary>
/// Sends what is due of a tenant's mail. Each mail is a matter of its own, with its own outcome; a job does a batch of them and leaves the
/// rest to another one, so that neither a large batch nor a slow server keeps the workers from other work.
/// </summary>
internal sealed partial class MailDeliveryHandler(
    PLServiceDbContext db, MailDesk desk, MailGate gate, MailOptions options, TimeProvider clock, ILogger<MailDeliveryHandler> logger) : IJobHandler
{
    public const string JobKind = "mailDelivery";

    private const int BatchSize = 100;
    private static readonly TimeSpan BatchTime = TimeSpan.FromSeconds(20);

    public string Kind => JobKind;

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        if (options.IsConfigured && gate.ClosedUntil is null)
            await SendAsync(run, ct);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Without a server what is queued waits for one, and whoever configures it starts anew.
        await desk.ScheduleRestAsync(run.JobId, options.IsConfigured ? gate.ClosedUntil : clock.GetUtcNow().AddHours(1), ct);
        await JobEnding.EndWithinAsync((NpgsqlConnection)db.Database.GetDbConnection(), run, ct);
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Whoever cancels a delivery has stopped this run of it; mail is not lost by that.</summary>
    public Task EndedWithoutSuccessAsync(JobRun run, bool cancelled, string? code, string? detail, CancellationToken ct) =>
        desk.ScheduleRestAsync(run.JobId, clock.GetUtcNow() + options.FirstPause, ct);

    private async Task SendAsync(JobRun run, CancellationToken ct)
    {
        var sender = await db.Tenants.Select(tenant => tenant.Name).SingleAsync(ct);
        var since = clock.GetTimestamp();
        SmtpConnection? connection = null;
        try
        {
            for (var done = 0; done < BatchSize && clock.GetElapsedTime(since) < BatchTime && await desk.TakeAsync(ct) is { } mail; done++)
            {
                run.Report("sending mail", done, null);
                if (mail.Status is MailStatus.Suppressed)
                    continue;
                var isFresh = connection is null;
                try
                {
                    connection ??= await SmtpConnection.OpenAsync(options, ct);
                    var message = MimeWriter.Write(mail, options.From, sender, clock.GetUtcNow());
                    Note(mail, await connection.SendAsync(mail.RecipientAddress, message, ct));
                    await db.SaveChangesAsync(CancellationToken.None);
                }
                catch (SmtpUnavailableException away)
                {
                    mail.Postpone(away.Code, away.Message);
                    await db.SaveChangesAsync(CancellationToken.None);
                    Unavailable(away.Code);
                    if (connection is not null)
                        await connection.DisposeAsync();
                    connection = null;
                    // Some servers take so many mails and hang up; one that is away just after we came keeps the next mail waiting as well.
                    if (!isFresh)
                        continue;
                    gate.Close();
                    return;
                }
            }

            if (connection is not null)
                await QuitAsync(connection, ct);
        }
        finally
        {
            if (connection is not null)
                await connection.DisposeAsync();
        }
    }

    private static async Task QuitAsync(SmtpConnection connection, CancellationToken ct)
    {
        try
        {
            await connection.QuitAsync(ct);
        }
        catch (SmtpUnavailableException)
        {
            // Whoever hung up before us has said goodbye.
        }
    }

    private void Note(Mail mail, SmtpOutcome outcome)
    {
        if (outcome.Verdict is SmtpVerdict.Accepted)
            mail.Deliver(clock.GetUtcNow());
        else if (outcome.Verdict is SmtpVerdict.Refused)
            mail.Bounce(outcome.Code, outcome.Detail);
        else
            mail.Postpone(outcome.Code, outcome.Detail);
    }

    // Without the server's words, which may name the recipient; the outbox has them.
    [LoggerMessage(LogLevel.Warning, "The mail server cannot be used at the moment: {Code}")]
    private partial void Unavailable(string code);
}
