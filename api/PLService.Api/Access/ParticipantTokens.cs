using Npgsql;
using PLService.Api.Persistence;

namespace PLService.Api.Access;

/// <summary>Says with each request whether a participant's response is still there: who deletes it ends its token.</summary>
internal sealed class ParticipantTokens(NpgsqlDataSource source)
{
    private const string Sql =
        """
        select a.organization_id
        from pls.response r join pls.assessment a on a.tenant_id = r.tenant_id and a.id = r.assessment_id
        where r.tenant_id = $1 and r.id = $2 and r.assessment_id = $3
        """;

    /// <summary>The participant, who reaches the organization of the assessment; null when the response is gone.</summary>
    public async Task<CallerIdentity?> ReadAsync(CallerIdentity participant, CancellationToken ct)
    {
        var caller = new Caller();
        caller.Become(participant);
        var organization = await new TenantReader(source, caller).ExecuteAsync(
            new NpgsqlBatchCommand(Sql)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = participant.TenantId },
                    new NpgsqlParameter<Guid> { TypedValue = participant.ParticipantOf!.ResponseId },
                    new NpgsqlParameter<Guid> { TypedValue = participant.ParticipantOf.AssessmentId },
                },
            },
            async (rows, token) => await rows.ReadAsync(token) ? rows.GetGuid(0) : (Guid?)null,
            ct);
        return organization is { } root ? participant with { Roots = [root] } : null;
    }
}
