using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Persistence.Assessments;

/// <summary>One element of one response, as it is to become.</summary>
/// <param name="AssessmentId">The assessment.</param>
/// <param name="ResponseId">The response.</param>
/// <param name="Element">Which item and axis.</param>
/// <param name="Level">The level's ordinal; null clears.</param>
/// <param name="Comment">The comment; null leaves it as it is, empty removes it.</param>
/// <param name="AnyState">Whether it may be overwritten whatever it says now.</param>
/// <param name="ExpectedLevel">Else the level that it must have now.</param>
/// <param name="ExpectedCommentHash">And the start of the SHA-256 of the comment that it must have now, null for no comment.</param>
internal sealed record RatingChange(
    Guid AssessmentId, Guid ResponseId, Element Element, short? Level, string? Comment, bool AnyState, short? ExpectedLevel, string? ExpectedCommentHash);

/// <summary>One element of one response, as it is.</summary>
/// <param name="Assessment">The assessment.</param>
/// <param name="Status">The response's status; null when the assessment has no such response.</param>
/// <param name="Level">The level's ordinal; null when it is not rated.</param>
/// <param name="Comment">The item's comment.</param>
/// <param name="IsChanged">Whether the change was made.</param>
internal sealed record RatingState(AssessmentState Assessment, ResponseStatus? Status, short? Level, string? Comment, bool IsChanged);

/// <summary>
/// Reads and changes one element of a packed response. The change is one statement on the one element, so that two who rate different
/// items of a response at the same time never lose each other's, and none slips past a closing: it holds the assessment's row.
/// </summary>
internal sealed class RatingStore(TenantReader reader, AssessmentGate gate, Caller caller, TimeProvider clock)
{
    /// <summary>Hexadecimal characters of a comment's hash that stand for it.</summary>
    public const int HashLength = 8;

    private const string State =
        "a.id, a.organization_id, a.status, a.mode, a.roles, a.instrument_tenant_id, a.instrument_version_id, a.version";

    private static readonly string Change =
        $$"""
          with a as materialized (
              select {{State}} from pls.assessment a where a.tenant_id = $1 and a.id = $2 and {{AssessmentGate.IsReached}} for key share of a
          ), changed as (
              update pls.response r set
                  levels[$5] = $7,
                  comments = case when $8 is null then r.comments
                                  when $8 = '' then nullif(r.comments - $6, '{}')
                                  else jsonb_set(coalesce(r.comments, '{}'), array[$6], to_jsonb($8)) end,
                  rated_at = case when r.from_participant and a.mode <> 'named' then r.created_at else $9 end,
                  updated_at = case when r.from_participant and a.mode <> 'named' then r.updated_at else $9 end,
                  version = r.version + 1
              from a
              where r.tenant_id = $1 and r.id = $4 and r.assessment_id = a.id and a.status = 'open' and r.status = 'inProgress'
                and ($10 or (r.levels[$5] is not distinct from $11
                             and case when $12 is null then r.comments ->> $6 is null
                                      else left(encode(sha256(convert_to(r.comments ->> $6, 'UTF8')), 'hex'), {{HashLength}}) is not distinct from $12 end))
              returning r.id
          ), noted as (
              insert into pls.audit_event (tenant_id, id, at, api_client_id, person_id, organization_id, action, resource_type, resource_id, detail, trace_id)
              select $1, $13, $9, $14, $17, a.organization_id, 'response.rated', 'response', changed.id, $15, $16 from changed, a
              where not $18 or a.mode = 'named'
          )
          select count(*) from changed
          """;

    private const string Read =
        $"""
         select {State}, r.status, r.levels[$5], r.comments ->> $6
         from pls.assessment a left join pls.response r on r.tenant_id = $1 and r.assessment_id = a.id and r.id = $4
         where a.tenant_id = $1 and a.id = $2 and {AssessmentGate.IsReached}
         """;

    /// <summary>The element as it is; null when there is no such assessment that the caller reaches.</summary>
    public Task<RatingState?> ReadAsync(Guid assessmentId, Guid responseId, Element element, CancellationToken ct) => reader.ExecuteAsync(
        Command(Read, assessmentId, responseId, element), async (rows, token) => await rows.ReadAsync(token) ? StateOf(rows, isChanged: false) : null, ct);

    /// <summary>Makes the change if the element still says what is expected; gives what it says afterwards. One round trip.</summary>
    public Task<RatingState?> ChangeAsync(RatingChange change, CancellationToken ct)
    {
        var command = Command(Change, change.AssessmentId, change.ResponseId, change.Element);
        var detail = JsonSerializer.Serialize(new { item = change.Element.Item.Code, axis = change.Element.Axis.Code });
        NpgsqlParameter[] rest =
        [
            Nullable(change.Level, NpgsqlDbType.Smallint),
            Nullable(change.Comment, NpgsqlDbType.Text),
            new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() },
            new NpgsqlParameter<bool> { TypedValue = change.AnyState },
            Nullable(change.ExpectedLevel, NpgsqlDbType.Smallint),
            Nullable(change.ExpectedCommentHash, NpgsqlDbType.Text),
            new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() },
            Nullable(caller.ApiClientId, NpgsqlDbType.Uuid),
            Nullable(detail, NpgsqlDbType.Jsonb),
            Nullable(Activity.Current?.TraceId.ToHexString(), NpgsqlDbType.Text),
            Nullable(caller.PersonId, NpgsqlDbType.Uuid),
            // Of what participants do themselves in a discreet mode the audit does not tell the time.
            new NpgsqlParameter<bool> { TypedValue = caller.ParticipantOf is not null },
        ];
        foreach (var parameter in rest)
            command.Parameters.Add(parameter);
        return reader.ExecuteAsync(
            // What it says afterwards is a statement of its own: it sees what the first one waited for.
            [command, Command(Read, change.AssessmentId, change.ResponseId, change.Element)],
            async (rows, token) =>
            {
                await rows.ReadAsync(token);
                var isChanged = rows.GetInt64(0) > 0;
                await rows.NextResultAsync(token);
                return await rows.ReadAsync(token) ? StateOf(rows, isChanged) : null;
            },
            ct);
    }

    private NpgsqlBatchCommand Command(string sql, Guid assessmentId, Guid responseId, Element element)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in gate.Reach(assessmentId))
            command.Parameters.Add(parameter);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = responseId });
        // PostgreSQL counts from 1.
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = element.Index + 1 });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = element.Item.Code });
        return command;
    }

    private static RatingState StateOf(NpgsqlDataReader row, bool isChanged) => new(
        AssessmentGate.Read(row),
        row.IsDBNull(8) ? null : EnumText.Parse<ResponseStatus>(row.GetString(8)),
        row.IsDBNull(9) ? null : row.GetInt16(9),
        row.IsDBNull(10) ? null : row.GetString(10),
        isChanged);

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
