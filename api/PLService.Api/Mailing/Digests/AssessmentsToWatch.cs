using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Mailing.Digests;

/// <summary>For those who run assessments: the open ones of where their role holds, and how many have answered.</summary>
internal sealed class AssessmentsToWatch(TenantReader reader, Caller caller, AccessOptions access) : IDueItems
{
    private const string Watched =
        """
        with watcher as materialized (
            select distinct m.person_id, m.organization_id
            from unnest($2::uuid[], $3::date[]) d(person_id, today)
            join pls.membership m on m.tenant_id = $1 and m.person_id = d.person_id and m.role = any($4)
                and (m.starts_on is null or m.starts_on <= d.today) and (m.ends_on is null or m.ends_on >= d.today)
        )
        select w.person_id, a.id, a.title, a.mode, a.window_closes_on, a.name, a.total
        from (select distinct person_id from watcher) w
        cross join lateral (
            select a.id, a.title, a.mode, a.window_closes_on, o.name, count(*) over ()::int as total
            from pls.assessment a join pls.organization o on o.tenant_id = a.tenant_id and o.id = a.organization_id
            where a.tenant_id = $1 and a.status = 'open' and exists (
                select from watcher r where r.person_id = w.person_id and (r.organization_id is null or exists (
                    select from pls.organization_closure c where c.tenant_id = $1 and c.ancestor_id = r.organization_id and c.descendant_id = a.organization_id)))
            order by a.window_closes_on nulls last, a.id limit $5
        ) a
        """;

    private const string Progress =
        """
        select a.id, coalesce(p.invited, 0), coalesce(p.submitted, 0), coalesce(p.started, 0),
               (select count(*)::int from pls.response r where r.tenant_id = $1 and r.assessment_id = a.id and r.status = 'submitted')
        from unnest($2::uuid[]) a(id)
        left join lateral (
            select count(*)::int as invited, count(*) filter (where p.status = 'submitted')::int as submitted, count(*) filter (where p.status <> 'invited')::int as started
            from pls.participation p where p.tenant_id = $1 and p.assessment_id = a.id and p.invited_on is not null
        ) p on true
        """;

    private static readonly string[] Watching = [.. Enum.GetValues<Role>().Where(role => Roles.ScopesOf(role).Contains(Scopes.AssessmentsWrite)).Select(EnumText.Of)];

    private sealed record Row(Guid PersonId, Guid Id, string Title, bool IsAnonymous, DateOnly? ClosesOn, string Organization, int Total);

    public async Task<DueAnswer> ReadAsync(DueQuestion question, CancellationToken ct)
    {
        var rows = await ReadAsync(
            Watched,
            row => new Row(
                row.GetGuid(0), row.GetGuid(1), row.GetString(2), EnumText.Parse<AssessmentMode>(row.GetString(3)) is AssessmentMode.Anonymous,
                row.IsDBNull(4) ? null : row.GetFieldValue<DateOnly>(4), row.GetString(5), row.GetInt32(6)),
            ct,
            Of(question.Today.Keys.ToArray()), Of(question.Today.Values.ToArray()), Of(Watching), Of(question.AtMost));
        var progress = (await ReadAsync(
            Progress, row => (Id: row.GetGuid(0), Invited: row.GetInt32(1), Submitted: row.GetInt32(2), Started: row.GetInt32(3), Responses: row.GetInt32(4)), ct,
            Of(rows.Select(row => row.Id).Distinct().ToArray()))).ToDictionary(row => row.Id);

        return new(
            rows.ConvertAll(row => new DueItem(row.PersonId, new(row.Title, row.Organization, row.ClosesOn, access.WebLink($"assessments/{row.Id}"), ProgressOf(row)))),
            rows.Where(row => row.Total > question.AtMost).DistinctBy(row => row.PersonId).ToDictionary(row => row.PersonId, row => row.Total - question.AtMost));

        AnswerProgress ProgressOf(Row row) => progress[row.Id] is { Invited: > 0 } roster
            ? new(row.IsAnonymous ? roster.Started : roster.Submitted, roster.Invited, row.IsAnonymous)
            : new(progress[row.Id].Responses, null, row.IsAnonymous);
    }

    // $1 is the tenant.
    private Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql) { Parameters = { Of(caller.TenantId) } };
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return reader.ExecuteAsync(
            command,
            async (rows, token) =>
            {
                var found = new List<T>();
                while (await rows.ReadAsync(token))
                    found.Add(read(rows));
                return found;
            },
            ct);
    }

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };
}
