using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Toolkits;

namespace PLService.Api.Features.ToolkitRuns;

/// <summary>A run with what its worksheets look like.</summary>
internal sealed record OpenRun(ToolkitRun Run, ToolkitLayout Layout);

/// <summary>Finds runs, and says who may do what in them.</summary>
internal sealed class RunDesk(PLServiceDbContext db, ToolkitVersions versions, Leadership leadership, Caller caller)
{
    /// <summary>The run, for reading; null when there is none that the caller reaches.</summary>
    public async Task<OpenRun?> FindAsync(Guid id, CancellationToken ct) =>
        await db.ReachableToolkitRuns().SingleOrDefaultAsync(r => r.Id == id, ct) is { } run ? await OpenAsync(run, ct) : null;

    /// <summary>The run, for the team's work: members do it, and those who lead where it is.</summary>
    public async Task<(OpenRun? Run, JsonHttpResult<ApiProblem>? Refused)> FindForWorkAsync(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } found)
            return (null, Problems.NotFound("toolkit_run"));
        return await IsOfTeamAsync(found.Run, ct) ? (found, null) : (null, ToolkitRunErrors.NotMember.ToConflict());
    }

    /// <summary>The run of which the person who calls is a member, wherever it is.</summary>
    public async Task<OpenRun?> FindAsMemberAsync(Guid id, CancellationToken ct) =>
        await db.ToolkitRuns.SingleOrDefaultAsync(r => r.Id == id && db.ToolkitRunMembers.Any(m => m.RunId == r.Id && m.PersonId == caller.PersonId), ct) is { } run
            ? await OpenAsync(run, ct)
            : null;

    /// <summary>Whether the caller is a member, or leads where the run is; machines with the scope do.</summary>
    public async Task<bool> IsOfTeamAsync(ToolkitRun run, CancellationToken ct) => await LeadsAsync(run.OrganizationId, ct)
        || await db.ToolkitRunMembers.AnyAsync(m => m.RunId == run.Id && m.PersonId == caller.PersonId, ct);

    /// <summary>Whether the caller may work in every team of the organization.</summary>
    public Task<bool> LeadsAsync(Guid organizationId, CancellationToken ct) => leadership.HasAsync(Scopes.ToolkitsWrite, organizationId, ct);

    /// <summary>Keeps others from changing the run itself until this transaction ends; work on its worksheets and readings goes on.</summary>
    public Task LockAsync(Guid id, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select 1 from pls.toolkit_run where tenant_id = {db.TenantId} and id = {id} for no key update", ct);

    public async Task<OpenRun> OpenAsync(ToolkitRun run, CancellationToken ct) =>
        new(run, new(await versions.GetAsync(run.ToolkitTenantId, run.ToolkitVersionId, ct), ToolkitLayout.ReadStandards(run.Standards)));

    /// <summary>
    /// Counts the first work on a tool as a change of the run, whose progress it moves: its version tells whether the progress that somebody
    /// read is still right.
    /// </summary>
    public async Task NoteFirstWorkAsync(Guid runId, string toolCode, Guid? worksheetId, Guid? readingId, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Worksheets.AnyAsync(w => w.RunId == runId && w.ToolCode == toolCode && w.Id != worksheetId, ct)
            || await db.Readings.AnyAsync(r => r.RunId == runId && r.ToolCode == toolCode && r.Id != readingId, ct))
            return;
        await db.ToolkitRuns.Where(r => r.Id == runId).ExecuteUpdateAsync(set => set.SetProperty(r => r.Version, r => r.Version + 1).SetProperty(r => r.UpdatedAt, now), ct);
    }
}
