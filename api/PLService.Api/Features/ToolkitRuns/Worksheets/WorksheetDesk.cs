using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>A worksheet by what it is of, whether or not there is anything in it yet.</summary>
/// <param name="Run">The run.</param>
/// <param name="Tool">The tool.</param>
/// <param name="Fields">The tool's fields in order.</param>
/// <param name="PersonId">Whose answers; null is the team.</param>
internal sealed record Sheet(ToolkitRun Run, Tool Tool, IReadOnlyList<WorksheetField> Fields, Guid? PersonId)
{
    public string Address => $"/v1/toolkit-runs/{Run.Id}/worksheets/{Tool.Code}{(PersonId is null ? "" : "/mine")}";

    public WorksheetField? FieldOf(string key) => Fields.FirstOrDefault(field => field.Key == key);
}

/// <summary>Finds worksheets, and opens them for a change.</summary>
internal sealed class WorksheetDesk(PLServiceDbContext db, RunDesk runs, Caller caller, TimeProvider clock)
{
    /// <summary>The team's worksheet, for reading.</summary>
    public async Task<(Sheet? Sheet, JsonHttpResult<ApiProblem>? Refused)> FindAsync(Guid runId, string toolCode, CancellationToken ct) =>
        Of(await runs.FindAsync(runId, ct), toolCode, null);

    /// <summary>The team's worksheet, for writing.</summary>
    public async Task<(Sheet? Sheet, JsonHttpResult<ApiProblem>? Refused)> FindForWorkAsync(Guid runId, string toolCode, CancellationToken ct)
    {
        var (run, refused) = await runs.FindForWorkAsync(runId, ct);
        return refused is null ? Of(run, toolCode, null) : (null, refused);
    }

    /// <summary>The worksheet of the member who calls.</summary>
    public async Task<(Sheet? Sheet, JsonHttpResult<ApiProblem>? Refused)> FindOwnAsync(Guid runId, string toolCode, CancellationToken ct) =>
        Of(await runs.FindAsMemberAsync(runId, ct), toolCode, caller.PersonId);

    /// <summary>What is stored of a worksheet.</summary>
    public IQueryable<Worksheet> Stored(Sheet sheet) => db.Worksheets.Where(w => w.RunId == sheet.Run.Id && w.ToolCode == sheet.Tool.Code && w.PersonId == sheet.PersonId);

    /// <summary>The worksheet's row, made if need be, and nobody else's until this transaction ends: changes of one worksheet come one after the other.</summary>
    public async Task<Worksheet> LockAsync(Sheet sheet, CancellationToken ct)
    {
        var (id, now) = (Guid.CreateVersion7(), clock.GetUtcNow());
        var made = await db.Database.ExecuteSqlAsync(
            $"""
             insert into pls.worksheet (tenant_id, id, run_id, tool_code, person_id, version, created_at, updated_at)
             values ({db.TenantId}, {id}, {sheet.Run.Id}, {sheet.Tool.Code}, {sheet.PersonId}, 0, {now}, {now})
             on conflict do nothing
             """, ct);
        if (made > 0)
            await runs.NoteFirstWorkAsync(sheet.Run.Id, sheet.Tool.Code, id, readingId: null, now, ct);
        await db.Database.ExecuteSqlAsync(
            $"select 1 from pls.worksheet where tenant_id = {db.TenantId} and run_id = {sheet.Run.Id} and tool_code = {sheet.Tool.Code} and person_id is not distinct from {sheet.PersonId} for update", ct);
        return await Stored(sheet).SingleAsync(ct);
    }

    /// <summary>Bad keys of a change, each with its place.</summary>
    public static IReadOnlyList<ApiFault> UnknownFields(Sheet sheet, IEnumerable<string> keys, string at) =>
        [.. keys.Where(key => sheet.FieldOf(key) is null).Select(key => new ApiFault(
            $"{at}/{FaultList.Escaped(key)}", "worksheet.unknown_field", $"The tool {sheet.Tool.Code} has no such field."))];

    private static (Sheet? Sheet, JsonHttpResult<ApiProblem>? Refused) Of(OpenRun? run, string toolCode, Guid? personId) =>
        run is null ? (null, Problems.NotFound("toolkit_run"))
        : run.Layout.FindTool(toolCode) is { } tool ? (new(run.Run, tool, [.. run.Layout.FieldsOf(tool)], personId), null)
        : (null, Problems.NotFound("tool"));
}
