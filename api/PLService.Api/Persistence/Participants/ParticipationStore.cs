using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Persistence.Assessments;

namespace PLService.Api.Persistence.Participants;

/// <summary>An assessment in which somebody is about to take part: it stays as it is until the transaction ends.</summary>
/// <param name="State">What decides whether answers are taken.</param>
/// <param name="OpenedAt">When it was opened; null while it is a draft.</param>
/// <param name="Today">Today's date where the organization is.</param>
/// <param name="WindowClosesOn">The last day of the window.</param>
internal sealed record HeldAssessment(AssessmentState State, DateTimeOffset? OpenedAt, DateOnly Today, DateOnly? WindowClosesOn)
{
    /// <summary>Whether somebody who has the database shall not learn who answered what.</summary>
    public bool IsDiscreet => State.Mode is not AssessmentMode.Named;
}

/// <summary>
/// Keeps who takes part, apart from what is answered. In a transaction of the caller. Where the mode is discreet, a change of one row writes up to
/// <see cref="Among"/> others anew, those first that have started as well, so that neither place nor transaction of a row tells which one changed.
/// </summary>
/// <remarks>
/// What remains: who reads the tables again and again while people answer sees which row changes between two looks. And whoever is the only one
/// to have started is the one whose response is there.
/// </remarks>
internal sealed class ParticipationStore(TenantReader reader, Caller caller, TimeProvider clock)
{
    /// <summary>Among how many others a row hides.</summary>
    public const int Among = 200;

    // One after the other in an assessment, for the rows of one change are those of the next.
    private const string Alone = "select pg_advisory_xact_lock(hashtextextended('pls.participation ' || $1::text, 0))";

    private const string Hold =
        """
        select a.id, a.organization_id, a.status, a.mode, a.roles, a.instrument_tenant_id, a.instrument_version_id, a.version,
               a.opened_at, ($3 at time zone o.time_zone)::date, a.window_closes_on
        from pls.assessment a join pls.organization o on o.tenant_id = a.tenant_id and o.id = a.organization_id
        where a.tenant_id = $1 and a.id = $2 for key share of a
        """;

    private const string Insert =
        """
        insert into pls.participation (tenant_id, id, assessment_id, person_id, participant_key, status)
        values ($1, $2, $3, $4, $5, 'invited')
        """;

    private const string Mark =
        """
        update pls.participation p set
            status = $4,
            started_on = coalesce(p.started_on, $5),
            submitted_on = case when $4 = 'submitted' then $5 end
        where p.tenant_id = $1 and p.assessment_id = $2 and p.id = $3
        """;

    private const string MarkAmongOthers =
        """
        with others as (
            select p.id from pls.participation p
            where p.tenant_id = $1 and p.assessment_id = $2 and p.id <> $3
            order by p.status = 'invited', random() limit $5
        ), gone as (
            delete from pls.participation p
            where p.tenant_id = $1 and p.assessment_id = $2 and (p.id = $3 or p.id in (select o.id from others o))
            returning p.*
        )
        insert into pls.participation (tenant_id, id, assessment_id, person_id, participant_key, status, invited_on)
        select g.tenant_id, g.id, g.assessment_id, g.person_id, g.participant_key, case when g.id = $3 then $4 else g.status end, g.invited_on
        from gone g order by random()
        """;

    // Who has come without being invited becomes one of the invited.
    private const string Invite =
        """
        insert into pls.participation (tenant_id, id, assessment_id, person_id, status, invited_on)
        select $1, gen_random_uuid(), $2, i.person_id, 'invited', $4 from unnest($3::uuid[]) i(person_id)
        on conflict (tenant_id, assessment_id, person_id) where person_id is not null do update set invited_on = excluded.invited_on
        """;

    /// <summary>
    /// Holds the assessment and everybody else's participation in it; null when there is none. Whether the caller reaches it is not asked: one who
    /// is invited or has a code need not.
    /// </summary>
    public async Task<HeldAssessment?> HoldAsync(Guid assessmentId, CancellationToken ct)
    {
        // The row first, as the closing has it, which waits for its holders.
        var held = await reader.ExecuteAsync(
            Command(Hold, Id(caller.TenantId), Id(assessmentId), new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() }),
            async (rows, token) => await rows.ReadAsync(token)
                ? new HeldAssessment(
                    AssessmentGate.Read(rows), rows.IsDBNull(8) ? null : rows.GetFieldValue<DateTimeOffset>(8), rows.GetFieldValue<DateOnly>(9),
                    rows.IsDBNull(10) ? null : rows.GetFieldValue<DateOnly>(10))
                : null,
            ct);
        if (held is not null)
            await RunAsync(Command(Alone, Id(assessmentId)), ct);
        return held;
    }

    /// <summary>Who takes part, as it is stored; null when nothing is.</summary>
    public Task<(Guid Id, ParticipationStatus Status)?> FindAsync(Guid assessmentId, Participant who, CancellationToken ct) => reader.ExecuteAsync(
        Command(
            "select id, status from pls.participation where tenant_id = $1 and assessment_id = $2 and (person_id = $3 or participant_key = $4)",
            Id(caller.TenantId), Id(assessmentId), Nullable(who.PersonId, NpgsqlDbType.Uuid), Nullable(who.Key, NpgsqlDbType.Text)),
        async (rows, token) => await rows.ReadAsync(token) ? (rows.GetGuid(0), EnumText.Parse<ParticipationStatus>(rows.GetString(1))) : ((Guid, ParticipationStatus)?)null,
        ct);

    /// <summary>Adds somebody who was not invited, to be marked at once.</summary>
    public async Task<Guid> AddAsync(Guid assessmentId, Participant who, CancellationToken ct)
    {
        var id = Guid.NewGuid();
        await RunAsync(
            Command(Insert, Id(caller.TenantId), Id(id), Id(assessmentId), Nullable(who.PersonId, NpgsqlDbType.Uuid), Nullable(who.Key, NpgsqlDbType.Text)), ct);
        return id;
    }

    /// <summary>Puts people onto the roster.</summary>
    public Task InviteAsync(HeldAssessment held, IReadOnlyCollection<Guid> people, CancellationToken ct) => RunAsync(
        Command(
            Invite, Id(caller.TenantId), Id(held.State.Id), new NpgsqlParameter<Guid[]> { TypedValue = [.. people] }, new NpgsqlParameter<DateOnly> { TypedValue = held.Today }),
        ct);

    /// <summary>Says how far somebody has come.</summary>
    public Task MarkAsync(HeldAssessment held, Guid participationId, ParticipationStatus status, CancellationToken ct) => RunAsync(
        held.IsDiscreet
            ? Command(MarkAmongOthers, Id(caller.TenantId), Id(held.State.Id), Id(participationId), Text(EnumText.Of(status)), new NpgsqlParameter<int> { TypedValue = Among })
            : Command(Mark, Id(caller.TenantId), Id(held.State.Id), Id(participationId), Text(EnumText.Of(status)), new NpgsqlParameter<DateOnly> { TypedValue = held.Today }),
        ct);

    private Task RunAsync(NpgsqlBatchCommand command, CancellationToken ct) => reader.ExecuteAsync(command, (_, _) => Task.FromResult(true), ct);

    private static NpgsqlBatchCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    private static NpgsqlParameter<Guid> Id(Guid id) => new() { TypedValue = id };

    private static NpgsqlParameter<string> Text(string text) => new() { TypedValue = text };

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
