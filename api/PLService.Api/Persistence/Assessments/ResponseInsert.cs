using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;

namespace PLService.Api.Persistence.Assessments;

/// <summary>A response to be stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="AssessmentId">Its assessment.</param>
/// <param name="GivenKey">The key that the caller sent; null when none was.</param>
/// <param name="ParticipantKey">The key to store.</param>
/// <param name="Role">The participant's role.</param>
/// <param name="Levels">The packed ratings.</param>
/// <param name="CommentsJson">Comments by item code.</param>
/// <param name="Submitted">Whether it is handed in.</param>
/// <param name="RatedAt">When it was rated, if it is.</param>
/// <param name="At">Now.</param>
internal sealed record NewResponse(
    Guid Id, Guid AssessmentId, string? GivenKey, string ParticipantKey, string? Role, short?[] Levels, string? CommentsJson, bool Submitted,
    DateTimeOffset? RatedAt, DateTimeOffset At);

/// <summary>
/// Stores a response with its audit event in one round trip. The statement asks everything itself (reachable, open, key, role) on the
/// assessment's row, which it holds, so that no closing can pass between question and deed.
/// </summary>
internal sealed class ResponseInsert(TenantReader reader, AssessmentGate gate, Caller caller)
{
    private const string Sql =
        $"""
         with a as materialized (
             select a.id, a.organization_id, a.status, a.mode, a.roles, a.instrument_tenant_id, a.instrument_version_id, a.version
             from pls.assessment a where a.tenant_id = $1 and a.id = $2 and {AssessmentGate.IsReached} for key share of a
         ), made as (
             insert into pls.response (tenant_id, id, assessment_id, participant_key, role, levels, comments, status, rated_at, submitted_at, created_at, updated_at)
             select $1, $4, $2, $5, $6, $7, $8, $9, $10, $11, $12, $12 from a
             where a.status = 'open' and (a.mode <> 'anonymous' or not $13) and ($6 is null or cardinality(a.roles) = 0 or $6 = any(a.roles))
             on conflict (tenant_id, assessment_id, participant_key) do nothing
             returning id
         ), noted as (
             insert into pls.audit_event (tenant_id, id, at, api_client_id, person_id, organization_id, action, resource_type, resource_id, trace_id)
             select $1, $14, $12, $15, $17, a.organization_id, 'response.created', 'response', made.id, $16 from made, a
         )
         select a.*, exists (select from made) from a
         """;

    /// <summary>What came of it: the assessment as it was found, and whether the response was stored.</summary>
    public sealed record Outcome(AssessmentState Assessment, bool IsInserted);

    /// <summary>Null when there is no such assessment that the caller reaches.</summary>
    public Task<Outcome?> RunAsync(NewResponse row, CancellationToken ct)
    {
        var command = new NpgsqlBatchCommand(Sql);
        foreach (var parameter in gate.Reach(row.AssessmentId))
            command.Parameters.Add(parameter);
        NpgsqlParameter[] rest =
        [
            new NpgsqlParameter<Guid> { TypedValue = row.Id },
            new NpgsqlParameter<string> { TypedValue = row.ParticipantKey },
            Nullable(row.Role, NpgsqlDbType.Text),
            new NpgsqlParameter<short?[]> { TypedValue = row.Levels },
            Nullable(row.CommentsJson, NpgsqlDbType.Jsonb),
            new NpgsqlParameter<string> { TypedValue = EnumText.Of(row.Submitted ? ResponseStatus.Submitted : ResponseStatus.InProgress) },
            Nullable(row.RatedAt, NpgsqlDbType.TimestampTz),
            Nullable(row.Submitted ? row.At : null, NpgsqlDbType.TimestampTz),
            new NpgsqlParameter<DateTimeOffset> { TypedValue = row.At },
            new NpgsqlParameter<bool> { TypedValue = row.GivenKey is not null },
            new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() },
            Nullable(caller.ApiClientId, NpgsqlDbType.Uuid),
            Nullable(Activity.Current?.TraceId.ToHexString(), NpgsqlDbType.Text),
            Nullable(caller.PersonId, NpgsqlDbType.Uuid),
        ];
        foreach (var parameter in rest)
            command.Parameters.Add(parameter);
        return reader.ExecuteAsync(
            command, async (rows, token) => await rows.ReadAsync(token) ? new Outcome(AssessmentGate.Read(rows), rows.GetBoolean(8)) : null, ct);
    }

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
