using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Toolkits;

namespace PLService.Api.Features.ToolkitRuns;

/// <summary>Makes what is answered of runs, many at once with the same few queries as one.</summary>
internal sealed class RunReader(PLServiceDbContext db, ToolkitVersions versions)
{
    public async Task<ToolkitRunResponse> ReadAsync(ToolkitRun run, CancellationToken ct) => (await ReadAsync([run], ct))[0];

    public async Task<List<ToolkitRunResponse>> ReadAsync(IReadOnlyList<ToolkitRun> runs, CancellationToken ct)
    {
        var ids = runs.Select(run => run.Id).ToArray();
        var members = (await db.ToolkitRunMembers.Where(m => ids.Contains(m.RunId))
            .Join(db.People, m => m.PersonId, p => p.Id, (m, p) => new { m.RunId, m.PersonId, p.Name, m.Role }).ToListAsync(ct)).ToLookup(m => m.RunId);
        var marks = (await db.ToolMarks.AsNoTracking().Where(m => ids.Contains(m.RunId)).ToListAsync(ct)).ToLookup(m => m.RunId);
        var worked = (await db.Worksheets.Where(w => ids.Contains(w.RunId)).Select(w => new { w.RunId, w.ToolCode })
            .Union(db.Readings.Where(r => ids.Contains(r.RunId)).Select(r => new { r.RunId, r.ToolCode })).ToListAsync(ct)).ToLookup(w => w.RunId, w => w.ToolCode);
        var names = await db.NamesOfAsync(marks.SelectMany(of => of).Select(mark => mark.PersonId), ct);

        var answers = new List<ToolkitRunResponse>(runs.Count);
        foreach (var run in runs)
        {
            var document = await versions.GetAsync(run.ToolkitTenantId, run.ToolkitVersionId, ct);
            var tools = ToolProgress.Of(document, marks[run.Id].ToDictionary(mark => mark.ToolCode), worked[run.Id].ToHashSet(), names);
            answers.Add(new(
                run.Id, run.OrganizationId, new(document.Code, document.Version, document.Title), run.TeamName, run.TeamKind,
                [.. members[run.Id].OrderBy(m => m.Name, StringComparer.OrdinalIgnoreCase).ThenBy(m => m.PersonId).Select(m => new RunMember(m.PersonId, m.Name, m.Role))],
                tools, tools.FirstOrDefault(tool => tool.State is not (ToolState.Done or ToolState.Skipped))?.Code, run.CreatedAt, run.UpdatedAt, run.Version));
        }

        return answers;
    }
}
