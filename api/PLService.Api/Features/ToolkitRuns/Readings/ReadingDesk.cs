using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Readings;

/// <summary>A reading of a run.</summary>
/// <param name="Run">The run.</param>
/// <param name="Tool">The tool.</param>
/// <param name="Spec">What the toolkit says of it.</param>
/// <param name="Stored">The text's row; null while the team has not brought it in.</param>
internal sealed record OpenReading(ToolkitRun Run, Tool Tool, ToolReading Spec, Reading? Stored)
{
    public string Address => $"/v1/toolkit-runs/{Run.Id}/readings/{Tool.Code}";

    public bool Knows(string sign) => Spec.Codes.Any(code => code.Sign == sign);
}

/// <summary>Finds readings and what is marked in them.</summary>
internal sealed class ReadingDesk(PLServiceDbContext db, RunDesk runs)
{
    /// <summary>The reading, for reading.</summary>
    public async Task<(OpenReading? Reading, JsonHttpResult<ApiProblem>? Refused)> FindAsync(Guid runId, string toolCode, CancellationToken ct) =>
        await OpenAsync(await runs.FindAsync(runId, ct), toolCode, ct);

    /// <summary>The reading with its text, for reading.</summary>
    public async Task<(OpenReading? Reading, JsonHttpResult<ApiProblem>? Refused)> FindTextAsync(Guid runId, string toolCode, CancellationToken ct) =>
        WithText(await FindAsync(runId, toolCode, ct));

    /// <summary>The reading, for the team's work.</summary>
    public async Task<(OpenReading? Reading, JsonHttpResult<ApiProblem>? Refused)> FindForWorkAsync(Guid runId, string toolCode, CancellationToken ct)
    {
        var (run, refused) = await runs.FindForWorkAsync(runId, ct);
        return refused is null ? await OpenAsync(run, toolCode, ct) : (null, refused);
    }

    /// <summary>The reading with its text, which now stays as it is until this transaction ends: for work on what is marked in it.</summary>
    public async Task<(OpenReading? Reading, JsonHttpResult<ApiProblem>? Refused)> HoldTextAsync(Guid runId, string toolCode, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"select 1 from pls.reading where tenant_id = {db.TenantId} and run_id = {runId} and tool_code = {toolCode} for key share", ct);
        return WithText(await FindForWorkAsync(runId, toolCode, ct));
    }

    /// <summary>The text as it is now.</summary>
    public Task<ReadingRevision> TextAsync(Reading reading, CancellationToken ct) =>
        db.ReadingRevisions.AsNoTracking().SingleAsync(r => r.ReadingId == reading.Id && r.Revision == reading.Version, ct);

    public async Task<ReadingResponse> AnswerAsync(OpenReading reading, ReadingRevision text, CancellationToken ct)
    {
        var marks = await db.Annotations.Where(a => a.ReadingId == text.ReadingId).GroupBy(a => a.IsOrphaned).Select(of => new { Orphaned = of.Key, Count = of.Count() }).ToListAsync(ct);
        var names = await db.NamesOfAsync([text.PersonId], ct);
        return new(
            reading.Run.Id, reading.Tool.Code, reading.Spec.Title, reading.Spec.Link, reading.Spec.Codes, text.Text, text.Length, TeamPerson.Of(text.PersonId, names), text.At,
            marks.Sum(of => of.Count), marks.Where(of => of.Orphaned).Sum(of => of.Count), text.Revision);
    }

    private static (OpenReading?, JsonHttpResult<ApiProblem>?) WithText((OpenReading? Reading, JsonHttpResult<ApiProblem>? Refused) found) =>
        found.Reading is { Stored: null } ? (null, Problems.NotFound("reading")) : found;

    private async Task<(OpenReading?, JsonHttpResult<ApiProblem>?)> OpenAsync(OpenRun? run, string toolCode, CancellationToken ct)
    {
        if (run is null)
            return (null, Problems.NotFound("toolkit_run"));
        if (run.Layout.FindTool(toolCode) is not { } tool)
            return (null, Problems.NotFound("tool"));
        return ToolkitLayout.ReadingOf(tool) is { } spec
            ? (new(run.Run, tool, spec, await db.Readings.SingleOrDefaultAsync(r => r.RunId == run.Run.Id && r.ToolCode == toolCode, ct)), null)
            : (null, ReadingErrors.NoReading.ToConflict());
    }
}
