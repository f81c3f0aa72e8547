using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Persistence;

namespace PLService.Api.Mailing.Reminding;

/// <summary>An open assessment whose people may be reminded.</summary>
/// <param name="AssessmentId">The assessment.</param>
/// <param name="OrganizationId">Whose it is.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Organization">What its organization is called.</param>
/// <param name="Mode">Who may know which participant said what.</param>
/// <param name="ClosesOn">The last day of its window.</param>
/// <param name="Today">Today's date where the organization is.</param>
internal sealed record DueReminder(
    Guid AssessmentId, Guid OrganizationId, string Title, string Organization, AssessmentMode Mode, DateOnly ClosesOn, DateOnly Today);

/// <summary>Finds the assessments whose people are to be reminded.</summary>
internal sealed class DueReminders(TenantReader reader, Caller caller, TimeProvider clock)
{
    private const string Open =
        """
        select a.id, a.organization_id, a.title, o.name, a.mode, a.window_closes_on, t.local::date
        from pls.assessment a
        join pls.organization o on o.tenant_id = a.tenant_id and o.id = a.organization_id
        cross join lateral (select $2 at time zone o.time_zone as local) t
        where a.tenant_id = $1 and a.status = 'open' and a.window_closes_on >= t.local::date
        """;

    // From eight in the morning to the end of the day: a service that was away in the morning reminds when it is back, and never the day after.
    private const string Scheduled =
        Open +
        """

          and a.sends_reminders and a.window_closes_on between ($2 at time zone 'UTC')::date and ($2 at time zone 'UTC')::date + 31
          and t.local::time >= time '08:00' and (a.window_closes_on - t.local::date) = any(a.reminder_days)
          and not exists (select from pls.reminder_round r where r.tenant_id = $1 and r.assessment_id = a.id and r.closes_on = a.window_closes_on and r.on_day = t.local::date)
          and exists (select from pls.participation p where p.tenant_id = $1 and p.assessment_id = a.id and p.invited_on is not null)
        order by a.window_closes_on, a.id
        """;

    private const string One = Open + " and a.id = $3";

    /// <summary>Those for which one of their days has come, and which have not had it.</summary>
    public Task<List<DueReminder>> ScheduledAsync(CancellationToken ct) => ReadAsync(Command(Scheduled), ct);

    /// <summary>One, whatever its days; null when its window has no last day to come, or it is not open.</summary>
    public async Task<DueReminder?> OneAsync(Guid assessmentId, CancellationToken ct)
    {
        var command = Command(One);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = assessmentId });
        return (await ReadAsync(command, ct)).SingleOrDefault();
    }

    private NpgsqlBatchCommand Command(string sql) => new(sql)
    {
        Parameters = { new NpgsqlParameter<Guid> { TypedValue = caller.TenantId }, new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() } },
    };

    private Task<List<DueReminder>> ReadAsync(NpgsqlBatchCommand command, CancellationToken ct) => reader.ExecuteAsync(
        command,
        async (rows, token) =>
        {
            var found = new List<DueReminder>();
            while (await rows.ReadAsync(token))
            {
                found.Add(new(
                    rows.GetGuid(0), rows.GetGuid(1), rows.GetString(2), rows.GetString(3), EnumText.Parse<AssessmentMode>(rows.GetString(4)),
                    rows.GetFieldValue<DateOnly>(5), rows.GetFieldValue<DateOnly>(6)));
            }

            return found;
        },
        ct);
}
