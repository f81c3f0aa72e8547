using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>
/// Brings the staged responses in, set by set: new ones are inserted, changed ones updated with their former state kept for undo, equal ones
/// left alone. Elements of which the file says nothing keep what they have.
/// </summary>
internal sealed class RatingApply(NpgsqlConnection connection, Caller caller, Guid importId, DateTime now)
{
    /// <summary>The element-wise merge: what the file says, else what is stored.</summary>
    private const string Merged = "(select array_agg(coalesce(u.n, u.o) order by u.i) from unnest(s.levels, r.levels) with ordinality u(n, o, i))";

    // Inserted rows keep the id of their staged row, which tells them from those that were there.
    private const string Insert =
        """
        insert into pls.response (tenant_id, id, assessment_id, participant_key, role, levels, comments, status, rated_at, submitted_at, import_id, created_at, updated_at)
        select $1, s.id, s.assessment_id, s.participant_key, s.role, s.levels, s.comments, 'submitted', s.rated_at, coalesce(s.rated_at, $3), $2, $3, $3
        from import_stage s
        on conflict (tenant_id, assessment_id, participant_key) do nothing
        """;

    private const string CreateExisting =
        """
        create temp table import_existing (
            id uuid, version bigint, levels smallint[], role text, comments jsonb, rated_at timestamptz,
            new_levels smallint[], new_role text, new_comments jsonb, new_rated_at timestamptz, said smallint[]
        ) on commit drop
        """;

    private const string Compare =
        $"""
        insert into import_existing
        select r.id, r.version, r.levels, r.role, r.comments, r.rated_at,
               {Merged},
               coalesce(s.role, r.role),
               case when s.comments is null then r.comments else coalesce(r.comments, jsonb_build_object()) || s.comments end,
               greatest(r.rated_at, s.rated_at),
               s.levels
        from import_stage s
        join pls.response r on r.tenant_id = $1 and r.assessment_id = s.assessment_id and r.participant_key = s.participant_key
        where r.id <> s.id
        for update of r
        """;

    private const string Changed =
        "(e.new_levels is distinct from e.levels or e.new_role is distinct from e.role or e.new_comments is distinct from e.comments or e.new_rated_at is distinct from e.rated_at)";

    private const string KeepBefore =
        $"""
        insert into pls.import_change (tenant_id, import_id, resource_type, resource_id, version_after, before)
        select $1, $2, 'response', e.id, e.version + 1,
               jsonb_build_object('levels', to_jsonb(e.levels), 'role', e.role, 'comments', e.comments, 'ratedAt', e.rated_at)
        from import_existing e where {Changed}
        """;

    private const string Update =
        $"""
        update pls.response r
        set levels = e.new_levels, role = e.new_role, comments = e.new_comments, rated_at = e.new_rated_at, version = r.version + 1, updated_at = $2
        from import_existing e
        where r.tenant_id = $1 and r.id = e.id and {Changed}
        """;

    private const string CountRatings =
        """
        select coalesce(sum(case when u.n is not null and u.o is null then 1 end), 0),
               coalesce(sum(case when u.n <> u.o then 1 end), 0),
               coalesce(sum(case when u.n = u.o then 1 end), 0)
        from import_existing e cross join lateral unnest(e.said, e.levels) u(n, o)
        """;

    /// <summary>
    /// Makes the assessments that do not exist and holds the others, so that none closes meanwhile. False: one was closed, and the file
    /// cannot be taken.
    /// </summary>
    public async Task<bool> PrepareAsync(ScopeResolver scopes, ImportLoad load, CancellationToken ct)
    {
        var made = scopes.Targets.Where(t => t.MadeFrom is not null).ToList();
        if (made.Count > 0)
            await AloneAsync(scopes, ct);
        try
        {
            await CreateAssessmentsAsync(made, load.Options, ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new JobAgainException("Somebody planned an assessment of this file meanwhile.", e);
        }

        load.Receipt.Assessments = new(made.Count, 0);
        if (await HoldAsync([.. scopes.Targets.Where(t => t.MadeFrom is null)], ct))
            return true;
        load.Issues.Add(new(ImportSeverity.Error, ImportLoadCodes.ClosedAssessment, "An assessment was closed while the file was read; reopen it, or name another.", 0, 0));
        load.IsUnreadable = true;
        return false;
    }

    // Of two imports that would make the same assessment one has to wait and then find that it is there.
    private async Task AloneAsync(ScopeResolver scopes, CancellationToken ct)
    {
        await Statements.ExecuteAsync(connection, "select pg_advisory_xact_lock(hashtextextended('import.assessments ' || $1::text, 0))", ct, caller.TenantId);
        if (await scopes.IsAnyMadeMeanwhileAsync(ct))
            throw new JobAgainException("Somebody else made an assessment of this file meanwhile.");
    }

    private Task CreateAssessmentsAsync(IReadOnlyList<TargetAssessment> made, ImportOptions options, CancellationToken ct) => made.Count == 0 ? Task.CompletedTask : Statements.ExecuteAsync(
        connection,
        """
        insert into pls.assessment (tenant_id, id, organization_id, instrument_tenant_id, instrument_version_id, external_id, title, round, mode, roles,
                                    window_opens_on, window_closes_on, status, opened_at, import_id, created_at, updated_at)
        select $1, m.id, m.organization_id, m.instrument_tenant_id, m.instrument_version_id, m.external_id, m.title, m.round, $2, '{}',
               m.opens, m.closes, 'open', $3, $4, $3, $3
        from unnest($5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::text[], $11::text[], $12::date[], $13::date[])
             m(id, organization_id, instrument_tenant_id, instrument_version_id, external_id, title, round, opens, closes)
        """,
        ct,
        caller.TenantId,
        EnumText.Of(options.Mode),
        now,
        importId,
        made.Select(m => m.Id).ToArray(),
        made.Select(m => m.OrganizationId).ToArray(),
        made.Select(m => m.InstrumentTenantId).ToArray(),
        made.Select(m => m.InstrumentVersionId).ToArray(),
        Typed(made.Select(m => m.MadeFrom!.AssessmentExternalId).ToArray(), NpgsqlDbType.Text),
        made.Select(m => TitleOf(m)).ToArray(),
        made.Select(m => m.Round).ToArray(),
        Typed(made.Select(m => m.MadeFrom!.WindowOpens).ToArray(), NpgsqlDbType.Date),
        Typed(made.Select(m => m.MadeFrom!.WindowCloses).ToArray(), NpgsqlDbType.Date));

    /// <summary>Inserts and updates; says how many.</summary>
    public async Task<(ImportReceipt.Outcomes Responses, ImportReceipt.Outcomes Ratings)> ApplyAsync(CancellationToken ct)
    {
        var staged = await CountAsync("select count(*) from import_stage", ct);
        var created = await Statements.ExecuteAsync(connection, Insert, ct, caller.TenantId, importId, now);
        var inserted = await CountAsync("select coalesce(sum(cardinality(array_remove(levels, null))), 0) from import_stage", ct);
        if (created == staged)
            return (new(created, 0, 0), new(inserted, 0, 0));

        await Statements.ExecuteAsync(connection, CreateExisting, ct);
        await Statements.ExecuteAsync(connection, Compare, ct, caller.TenantId);
        await Statements.ExecuteAsync(connection, KeepBefore, ct, caller.TenantId, importId);
        var updated = await Statements.ExecuteAsync(connection, Update, ct, caller.TenantId, now);
        await using var command = Statements.Of(connection, CountRatings);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        var (added, changed, same) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
        // Everything staged is either new with its response, or new, changed or equal within one that was there.
        return (new(created, updated, staged - created - updated), new(inserted - changed - same, changed, same));
    }

    /// <summary>One line in the audit trail for each assessment that the import touched.</summary>
    public Task AuditAsync(IReadOnlyList<TargetAssessment> touched, CancellationToken ct) => Statements.ExecuteAsync(
        connection,
        """
        insert into pls.audit_event (tenant_id, id, at, api_client_id, person_id, organization_id, action, resource_type, resource_id, detail)
        select $1, t.id, $2, $3, $9, t.organization_id, t.action, 'assessment', t.assessment_id, jsonb_build_object('importId', $4::uuid)
        from unnest($5::uuid[], $6::uuid[], $7::uuid[], $8::text[]) t(id, organization_id, assessment_id, action)
        """,
        ct,
        caller.TenantId,
        now,
        Typed(caller.ApiClientId, NpgsqlDbType.Uuid, array: false),
        importId,
        touched.Select(_ => Guid.CreateVersion7()).ToArray(),
        touched.Select(t => t.OrganizationId).ToArray(),
        touched.Select(t => t.Id).ToArray(),
        touched.Select(t => t.MadeFrom is null ? "assessment.responsesImported" : "assessment.created").ToArray(),
        Typed(caller.PersonId, NpgsqlDbType.Uuid, array: false));

    private async Task<bool> HoldAsync(IReadOnlyList<TargetAssessment> existing, CancellationToken ct)
    {
        var ids = existing.Select(t => t.Id).Order().ToArray();
        await using var command = Statements.Of(
            connection, "select status from pls.assessment where tenant_id = $1 and id = any($2) order by id for key share", caller.TenantId, ids);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var open = 0;
        while (await reader.ReadAsync(ct))
            open += reader.GetString(0) == "open" ? 1 : 0;
        return open == ids.Length;
    }

    private static string TitleOf(TargetAssessment made)
    {
        var title = $"{made.Layout.Document.Title.In("en")}, {made.Round}";
        return title.Length <= Domain.Assessments.Assessment.TitleMaxLength ? title : title[..Domain.Assessments.Assessment.TitleMaxLength];
    }

    private static NpgsqlParameter Typed(object? value, NpgsqlDbType type, bool array = true) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = array ? NpgsqlDbType.Array | type : type };

    private async Task<long> CountAsync(string sql, CancellationToken ct)
    {
        await using var command = Statements.Of(connection, sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture);
    }
}
