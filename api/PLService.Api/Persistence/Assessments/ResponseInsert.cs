using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;

namespace PLService.Api.Persistence.Assessments;

/// <summary>
/// Stores a response with its audit event in one round trip, alone or with others of its tenant (<see cref="ResponseQueues"/>). The statement asks
/// everything itself (reachable, open, key, role) on the assessment's row, which it holds, so that no closing can pass between question and deed.
/// </summary>
internal sealed class ResponseInsert(TenantReader reader, ResponseQueues queues, Caller caller)
{
    private const string Gate =
        $"""
         with a as materialized (
             select a.id, a.organization_id, a.status, a.mode, a.roles, a.instrument_tenant_id, a.instrument_version_id, a.version
             from pls.assessment a where a.tenant_id = $1 and a.id = $2 and {AssessmentGate.IsReached} for key share of a
         """;

    private const string Rest =
        """

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

    private const string Waiting = Gate + Rest;
    private const string NotWaiting = Gate + " skip locked" + Rest;

    private static readonly string Submitted = EnumText.Of(ResponseStatus.Submitted);
    private static readonly string InProgress = EnumText.Of(ResponseStatus.InProgress);

    /// <summary>What came of it: whether the response was stored, and otherwise the assessment as it was found; null when the caller reaches none.</summary>
    public sealed record Outcome(bool IsInserted, AssessmentState? Assessment = null);

    public async Task<Outcome> RunAsync(NewResponse row, CancellationToken ct)
    {
        var author = new ResponseAuthor(caller, Activity.Current);
        // Within a transaction it stands or falls with what else happens there. Whoever was left out learns the reason from the database itself.
        return !reader.IsJoining && await queues.StoreAsync(row, author, ct)
            ? new Outcome(true)
            : await reader.ExecuteAsync(Command(row, author), ReadAsync, ct);
    }

    /// <summary>The statement for one response. One that does not wait finds no assessment while that is being closed.</summary>
    internal static NpgsqlBatchCommand Command(NewResponse row, ResponseAuthor author, bool waits = true)
    {
        var command = new NpgsqlBatchCommand(waits ? Waiting : NotWaiting);
        foreach (var parameter in AssessmentGate.Reach(author.Caller, row.AssessmentId))
            command.Parameters.Add(parameter);
        NpgsqlParameter[] rest =
        [
            new NpgsqlParameter<Guid> { TypedValue = row.Id },
            new NpgsqlParameter<string> { TypedValue = row.ParticipantKey },
            Nullable(row.Role, NpgsqlDbType.Text),
            new NpgsqlParameter<short?[]> { TypedValue = row.Levels },
            Nullable(row.CommentsJson, NpgsqlDbType.Jsonb),
            new NpgsqlParameter<string> { TypedValue = StatusOf(row) },
            Nullable(row.RatedAt, NpgsqlDbType.TimestampTz),
            Nullable(row.Submitted ? row.At : null, NpgsqlDbType.TimestampTz),
            new NpgsqlParameter<DateTimeOffset> { TypedValue = row.At },
            new NpgsqlParameter<bool> { TypedValue = row.GivenKey is not null },
            new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() },
            Nullable(author.ApiClientId, NpgsqlDbType.Uuid),
            Nullable(author.TraceId, NpgsqlDbType.Text),
            Nullable(author.PersonId, NpgsqlDbType.Uuid),
        ];
        foreach (var parameter in rest)
            command.Parameters.Add(parameter);
        return command;
    }

    internal static async Task<Outcome> ReadAsync(NpgsqlDataReader rows, CancellationToken ct) =>
        await rows.ReadAsync(ct) ? new Outcome(rows.GetBoolean(8), AssessmentGate.Read(rows)) : new Outcome(false);

    internal static string StatusOf(NewResponse row) => row.Submitted ? Submitted : InProgress;

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
