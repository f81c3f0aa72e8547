using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;

namespace PLService.Api.Persistence.Participants;

/// <summary>
/// Starts the responses that participants fill in themselves. In a discreet mode nothing of the row tells when it was made: the id is random, and
/// each of its times is the one at which the assessment was opened.
/// </summary>
internal sealed class OwnResponses(TenantReader reader, Caller caller, TimeProvider clock)
{
    private const string Insert =
        """
        insert into pls.response (tenant_id, id, assessment_id, participant_key, role, levels, status, from_participant, created_at, updated_at)
        values ($1, $2, $3, $4, $5, array_fill(null::smallint, array[$6]), 'inProgress', true, $7, $7)
        on conflict (tenant_id, assessment_id, participant_key) do nothing
        """;

    /// <summary>The response with this key; null when there is none.</summary>
    public Task<Guid?> FindAsync(Guid assessmentId, string participantKey, CancellationToken ct)
    {
        var command = new NpgsqlBatchCommand("select id from pls.response where tenant_id = $1 and assessment_id = $2 and participant_key = $3")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = caller.TenantId },
                new NpgsqlParameter<Guid> { TypedValue = assessmentId },
                new NpgsqlParameter<string> { TypedValue = participantKey },
            },
        };
        return reader.ExecuteAsync(command, async (rows, token) => await rows.ReadAsync(token) ? rows.GetGuid(0) : (Guid?)null, ct);
    }

    /// <summary>Starts one; null when there is one with this key.</summary>
    /// <param name="held">The assessment, which is open.</param>
    /// <param name="participantKey">What it is found by again.</param>
    /// <param name="role">The role that the participant named.</param>
    /// <param name="elements">How many elements the instrument has.</param>
    /// <param name="ct">Cancels.</param>
    public Task<Guid?> StartAsync(HeldAssessment held, string participantKey, string? role, int elements, CancellationToken ct)
    {
        var id = held.IsDiscreet ? Guid.NewGuid() : Guid.CreateVersion7();
        var command = new NpgsqlBatchCommand(Insert)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = caller.TenantId },
                new NpgsqlParameter<Guid> { TypedValue = id },
                new NpgsqlParameter<Guid> { TypedValue = held.State.Id },
                new NpgsqlParameter<string> { TypedValue = participantKey },
                new NpgsqlParameter { Value = (object?)role ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new NpgsqlParameter<int> { TypedValue = elements },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = held.IsDiscreet ? held.OpenedAt!.Value : clock.GetUtcNow() },
            },
        };
        return reader.ExecuteAsync(command, (rows, _) => Task.FromResult(rows.RecordsAffected > 0 ? id : (Guid?)null), ct);
    }
}
