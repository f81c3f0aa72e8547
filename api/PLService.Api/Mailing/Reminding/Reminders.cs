using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Mails;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Participants;

namespace PLService.Api.Mailing.Reminding;

/// <summary>
/// Reminds all of a roster who have not answered, in one transaction of the caller: the round, what became of it for each person, and the mails are
/// there together or not at all. Of an anonymous assessment nobody knows who has answered: everybody is reminded, and the mail says so.
/// </summary>
internal sealed class Reminders(
    PLServiceDbContext db, TenantReader reader, Outbox outbox, MailObstacles obstacles, AuditTrail audit, Caller caller, AccessOptions access, TimeProvider clock)
{
    private const int AtOnce = 1000;

    private const string InsertRound =
        """
        insert into pls.reminder_round (tenant_id, id, assessment_id, kind, closes_on, on_day, sent_at) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict do nothing
        """;

    private const string InsertReminders =
        """
        insert into pls.reminder (tenant_id, round_id, person_id, outcome, mail_id)
        select $1, $2, r.person, r.outcome, r.mail from unnest($3::uuid[], $4::text[], $5::uuid[]) r(person, outcome, mail)
        """;

    private const string Count =
        """
        update pls.reminder_round r set queued = c.queued, unsubscribed = c.unsubscribed, bounced = c.bounced, unreachable = c.unreachable
        from (
            select count(*) filter (where outcome = 'queued') as queued, count(*) filter (where outcome = 'unsubscribed') as unsubscribed,
                   count(*) filter (where outcome = 'bounced') as bounced, count(*) filter (where outcome in ('deactivated', 'noAddress')) as unreachable
            from pls.reminder where tenant_id = $1 and round_id = $2
        ) c
        where r.tenant_id = $1 and r.id = $2
        """;

    private sealed record Recipient(Guid Id, string Name, string? Email, string Language, PersonStatus Status);

    /// <summary>Reminds; the caller saves and commits.</summary>
    /// <returns>The round; null when there is one for this day already, made by whomever.</returns>
    public async Task<Guid?> SendAsync(DueReminder due, ReminderKind kind, CancellationToken ct)
    {
        var round = Guid.CreateVersion7();
        // Whoever else is at it has the row: this waits for the other's end, and then there is nothing to do.
        if (await RunAsync(InsertRound, ct, Of(round), Of(due.AssessmentId), Of(EnumText.Of(kind)), Of(due.ClosesOn), Of(due.Today), Of(clock.GetUtcNow())) == 0)
            return null;

        var last = Guid.Empty;
        while (await ReadAsync(due, last, ct) is { Count: > 0 } people)
        {
            await WriteAsync(due, round, people, ct);
            last = people[^1].Id;
        }

        await RunAsync(Count, ct, Of(round));
        audit.Record("assessment.reminded", due.AssessmentId, due.OrganizationId, new { kind = EnumText.Of(kind), due.ClosesOn, due.Today });
        return round;
    }

    private Task<List<Recipient>> ReadAsync(DueReminder due, Guid last, CancellationToken ct)
    {
        var found = due.Mode is AssessmentMode.Anonymous ? db.Invited(due.AssessmentId) : db.Unanswered(due.AssessmentId);
        return found.Where(p => p.PersonId > last).Join(db.People, p => p.PersonId, person => person.Id, (_, person) => person)
            .OrderBy(person => person.Id).Take(AtOnce)
            .Select(person => new Recipient(person.Id, person.Name, person.Email, person.Language, person.Status)).ToListAsync(ct);
    }

    private async Task WriteAsync(DueReminder due, Guid round, List<Recipient> people, CancellationToken ct)
    {
        var found = await obstacles.OfAsync(MailKind.WindowClosing, [.. people.Select(person => person.Email).OfType<string>()], ct);
        var outcomes = people.ConvertAll(person => OutcomeOf(person, found));
        var mail = new WindowClosingMail(
            due.Title, due.Organization, due.ClosesOn, due.ClosesOn.DayNumber - due.Today.DayNumber, access.WebLink($"assessments/{due.AssessmentId}"),
            due.Mode is AssessmentMode.Anonymous);
        var ids = new Queue<Guid>(await outbox.QueueManyAsync(
            [
                .. people.Where((_, i) => outcomes[i] is ReminderOutcome.Queued)
                    .Select(person => (new MailRecipient(person.Email!, person.Name, person.Id, person.Language), (MailModel)mail)),
            ],
            ct));
        await RunAsync(
            InsertReminders, ct, Of(round), Of(people.Select(person => person.Id).ToArray()), Of(outcomes.Select(EnumText.Of).ToArray()),
            Of(outcomes.Select(outcome => outcome is ReminderOutcome.Queued ? ids.Dequeue() : (Guid?)null).ToArray()));
    }

    private static ReminderOutcome OutcomeOf(Recipient person, MailObstacles.Found found) =>
        person.Status is not PersonStatus.Active ? ReminderOutcome.Deactivated
        : !EmailAddress.IsValid(person.Email) ? ReminderOutcome.NoAddress
        : found.IsUnsubscribed(person.Email) ? ReminderOutcome.Unsubscribed
        : found.HasBounced(person.Email) ? ReminderOutcome.Bounced
        : ReminderOutcome.Queued;

    // $1 is the tenant.
    private Task<int> RunAsync(string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        if (!reader.IsJoining)
            throw new InvalidOperationException("People are reminded in a transaction.");
        var command = new NpgsqlBatchCommand(sql) { Parameters = { Of(caller.TenantId) } };
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return reader.ExecuteAsync(command, (rows, _) => Task.FromResult(rows.RecordsAffected), ct);
    }

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };
}
