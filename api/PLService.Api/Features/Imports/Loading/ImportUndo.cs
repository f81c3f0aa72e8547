using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Assessments;
using PLService.Api.Features.Imports.Loading.Plans;
using PLService.Api.Features.Imports.Loading.Rosters;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;
using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>Takes an import back, within the request's transaction, set by set.</summary>
internal sealed class ImportUndo(PLServiceDbContext db, Caller caller, RollupStore rollups, AssessmentCloser closer, OrganizationUndo organizations, PersonUndo people, MembershipUndo memberships, RosterIdentifiers identifiers, PlanImportUndo plans)
{
    // Responses and tallies that the import made or changed and that are not as it left them.
    private const string ChangedSince =
        """
        select exists (
            select from pls.response r where r.tenant_id = $1 and r.import_id = $2 and r.version <> 1
              and not exists (select from pls.import_change c where c.tenant_id = $1 and c.import_id = $2 and c.resource_id = r.id)
        ) or exists (
            select from pls.tally t where t.tenant_id = $1 and t.import_id = $2 and t.version <> 1
        ) or exists (
            select from pls.import_change c left join pls.response r on r.tenant_id = $1 and r.id = c.resource_id
            where c.tenant_id = $1 and c.import_id = $2 and c.resource_type = 'response' and r.version is distinct from c.version_after
        ) or exists (
            select from pls.import_change c left join pls.tally t on t.tenant_id = $1 and t.id = c.resource_id
            where c.tenant_id = $1 and c.import_id = $2 and c.resource_type = 'tally' and t.version is distinct from c.version_after
        ) or exists (
            select from pls.import_change c left join pls.organization o on o.tenant_id = $1 and o.id = c.resource_id
            where c.tenant_id = $1 and c.import_id = $2 and c.resource_type = 'organization' and o.version is distinct from c.version_after
        ) or exists (
            select from pls.import_change c left join pls.person p on p.tenant_id = $1 and p.id = c.resource_id
            where c.tenant_id = $1 and c.import_id = $2 and c.resource_type = 'person' and p.version is distinct from c.version_after
        ) or exists (
            select from pls.import_change c left join pls.membership m on m.tenant_id = $1 and m.id = c.resource_id
            where c.tenant_id = $1 and c.import_id = $2 and c.resource_type = 'membership' and m.version is distinct from c.version_after
        ) or exists (
            select from pls.import_change c left join pls.plan p on p.tenant_id = $1 and p.id = c.resource_id
            where c.tenant_id = $1 and c.import_id = $2 and c.resource_type = 'plan' and p.version is distinct from c.version_after
        ) or exists (
            select from pls.import_change c left join pls.assessment a on a.tenant_id = $1 and a.id = c.resource_id
            where c.tenant_id = $1 and c.import_id = $2 and c.resource_type = 'assessment' and a.version is distinct from c.version_after
        )
        """;

    private const string RestoreResponses =
        """
        update pls.response r
        set levels = (select array_agg(nullif(l, 'null')::smallint order by i) from jsonb_array_elements_text(c.before -> 'levels') with ordinality e(l, i)),
            role = c.before ->> 'role', comments = nullif(c.before -> 'comments', 'null'), rated_at = (c.before ->> 'ratedAt')::timestamptz,
            version = r.version + 1, updated_at = now()
        from pls.import_change c
        where c.tenant_id = $1 and c.import_id = $2 and c.resource_type = 'response' and r.tenant_id = $1 and r.id = c.resource_id
        """;

    private const string RestoreTallies =
        """
        update pls.tally t
        set counts = (select array_agg(n::int order by i) from jsonb_array_elements_text(c.before -> 'counts') with ordinality e(n, i)),
            role = c.before ->> 'role', participants = (c.before ->> 'participants')::int, version = t.version + 1, updated_at = now()
        from pls.import_change c
        where c.tenant_id = $1 and c.import_id = $2 and c.resource_type = 'tally' and t.tenant_id = $1 and t.id = c.resource_id
        """;

    // Taking a role back counts as a change of the person, which the same import may have changed as well.
    private const string ExpectTouched =
        """
        update pls.import_change c set version_after = c.version_after + 1
        from (
            select distinct m.person_id from pls.import_change g join pls.membership m on m.tenant_id = $1 and m.id = g.resource_id
            where g.tenant_id = $1 and g.import_id = $2 and g.resource_type = 'membership'
        ) touched
        where c.tenant_id = $1 and c.import_id = $2 and c.resource_type = 'person' and c.resource_id = touched.person_id
        """;

    private const string DeleteCreated =
        """
        delete from pls.response where tenant_id = $1 and import_id = $2;
        delete from pls.tally where tenant_id = $1 and import_id = $2
        """;

    /// <summary>Undoes it; null when done, else why it cannot be.</summary>
    public async Task<DomainError?> UndoAsync(Import import, CancellationToken ct)
    {
        var made = await db.Assessments.Where(a => a.ImportId == import.Id).OrderBy(a => a.Id).ToListAsync(ct);
        var closed = await ClosedByItAsync(import.Id, ct);
        var touchedClosed = await IsAnyOtherClosedAsync(import.Id, [.. made.Concat(closed).Select(a => a.Id)], ct);
        if (touchedClosed || made.Exists(a => a.Status is AssessmentStatus.Archived || a.ResultRevision > 1) || await FlagAsync(ChangedSince, import.Id, ct))
            return ImportErrors.ChangedSince;

        foreach (var assessment in closed)
        {
            if (await closer.ReopenAsync(assessment, "The import that closed it was undone.", ct) is { } refused)
                return refused;
        }

        var closedByIt = made.Where(a => a.Status is AssessmentStatus.Closed).Select(a => a.Id).ToList();
        if (closedByIt.Count > 0)
            await rollups.SubtractAsync(closedByIt, ct);
        foreach (var statement in new[] { RestoreResponses, RestoreTallies, ExpectTouched })
            await ExecuteAsync(statement, import.Id, ct);
        foreach (var statement in DeleteCreated.Split(';'))
            await ExecuteAsync(statement, import.Id, ct);
        return await DeleteAssessmentsAsync(made, ct) ?? await memberships.UndoAsync(import.Id, ct) ?? await people.UndoAsync(import.Id, ct) ?? await organizations.UndoAsync(import.Id, ct)
            ?? await identifiers.UndoAsync(import.Id, ct) ?? await plans.UndoAsync(import.Id, ct);
    }

    // Somebody else may have answered in an assessment that the import made: that is not ours to delete.
    private async Task<DomainError?> DeleteAssessmentsAsync(List<Assessment> made, CancellationToken ct)
    {
        var ids = made.ConvertAll(a => a.Id);
        if (await db.Responses.AnyAsync(r => ids.Contains(r.AssessmentId), ct) || await db.Tallies.AnyAsync(t => ids.Contains(t.AssessmentId), ct))
            return ImportErrors.ChangedSince;
        await db.Assessments.Where(a => ids.Contains(a.Id)).ExecuteDeleteAsync(ct);
        foreach (var assessment in made)
            db.Entry(assessment).State = EntityState.Detached;
        return null;
    }

    private async Task<List<Assessment>> ClosedByItAsync(Guid importId, CancellationToken ct)
    {
        await using var command = Statements.Of(
            (NpgsqlConnection)db.Database.GetDbConnection(),
            "select resource_id from pls.import_change where tenant_id = $1 and import_id = $2 and resource_type = 'assessment'", caller.TenantId, importId);
        var ids = new List<Guid>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                ids.Add(reader.GetGuid(0));
        }

        return await db.Assessments.Where(a => ids.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync(ct);
    }

    private Task<bool> IsAnyOtherClosedAsync(Guid importId, List<Guid> made, CancellationToken ct) =>
        db.Assessments.Where(a => a.Status != AssessmentStatus.Open && !made.Contains(a.Id))
            .AnyAsync(a => db.Responses.Any(r => r.AssessmentId == a.Id && r.ImportId == importId) || db.Tallies.Any(t => t.AssessmentId == a.Id && t.ImportId == importId), ct);

    private Task<int> ExecuteAsync(string sql, Guid importId, CancellationToken ct) =>
        Statements.ExecuteAsync((NpgsqlConnection)db.Database.GetDbConnection(), sql, ct, caller.TenantId, importId);

    private async Task<bool> FlagAsync(string sql, Guid importId, CancellationToken ct)
    {
        await using var command = Statements.Of((NpgsqlConnection)db.Database.GetDbConnection(), sql, caller.TenantId, importId);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
