using Npgsql;

namespace PLService.Api.Persistence.Participants;

/// <summary>
/// What closing does to answers that participants gave themselves in a discreet mode: responses and participations are written anew in random
/// order by the one transaction that closes, so that no system column tells the order in which people answered. And all who rated count as having
/// handed in, as the result counts them: the few who had not would be told by it on both sides. All get one version, higher than any they had: a version
/// counts the changes that somebody made, and a lower one could come again.
/// </summary>
/// <remarks>
/// What remains: backups, the write-ahead log and pages that were not vacuumed yet, which no role of the service can read; roles and comments,
/// where they say who somebody is; and who has the participation key and the database, for a confidential assessment.
/// </remarks>
internal static class ClosingShuffle
{
    private const string Responses =
        """
        with discreet as (
            select a.id from pls.assessment a where a.tenant_id = $1 and a.id = any($2) and a.mode <> 'named'
              and exists (select from pls.response r where r.tenant_id = $1 and r.assessment_id = a.id and r.from_participant)
        ), gone as (
            delete from pls.response r using discreet d where r.tenant_id = $1 and r.assessment_id = d.id
            returning r.*, (select bool_or(l is not null) from unnest(r.levels) l) as is_rated
        )
        insert into pls.response (tenant_id, id, assessment_id, participant_key, role, levels, comments, status, rated_at, submitted_at, import_id,
                                  from_participant, version, created_at, updated_at)
        select g.tenant_id, g.id, g.assessment_id, g.participant_key, g.role, g.levels, g.comments,
               case when g.is_rated then 'submitted' else g.status end, g.rated_at,
               case when g.is_rated then coalesce(g.submitted_at, g.created_at) else g.submitted_at end, g.import_id,
               g.from_participant, max(g.version) over (partition by g.assessment_id) + 1, g.created_at, g.updated_at
        from gone g order by random()
        """;

    private const string Participations =
        """
        with gone as (
            delete from pls.participation p using pls.assessment a
            where p.tenant_id = $1 and p.assessment_id = any($2) and a.tenant_id = $1 and a.id = p.assessment_id and a.mode <> 'named'
            returning p.*
        )
        insert into pls.participation (tenant_id, id, assessment_id, person_id, participant_key, status, invited_on, started_on, submitted_on)
        select g.tenant_id, g.id, g.assessment_id, g.person_id, g.participant_key, g.status, g.invited_on, g.started_on, g.submitted_on
        from gone g order by random()
        """;

    // A code that leads to a closed assessment is free for others.
    private const string JoinCodes = "delete from pls.join_code where tenant_id = $1 and assessment_id = any($2)";

    /// <summary>What to run in the transaction that closes the assessments, once they are marked as closed.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Of(Guid tenantId, Guid[] assessmentIds) => new[] { Responses, Participations, JoinCodes }.Select(sql => new NpgsqlBatchCommand(sql)
    {
        Parameters = { new NpgsqlParameter<Guid> { TypedValue = tenantId }, new NpgsqlParameter<Guid[]> { TypedValue = assessmentIds } },
    });
}
