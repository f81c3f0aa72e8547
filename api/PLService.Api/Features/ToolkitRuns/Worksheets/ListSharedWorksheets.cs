using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>
/// What single members answered to one tool and share, for the team and those who lead it, in the order in which they began. Reading is put on record.
/// </summary>
internal static class ListSharedWorksheets
{
    public sealed class Request : PageRequest;

    public sealed class Validator() : PageRequestValidator<Request>(keys: 1);

    public static void Map(RouteGroupBuilder worksheet) =>
        worksheet.MapQuery("/shared", Handle)
            .UseCase(nameof(ListSharedWorksheets), "Read what members share")
            .RequireScope(Scopes.ToolkitsRead)
            .Validate<Request>()
            .Refuses(ToolkitRunErrors.TeamOnly)
            .Example(response: new Page<WorksheetResponse>([WorksheetResponse.OwnSample with { SharedAt = ToolkitRunResponse.SampleTime }], null, null));

    private static async Task<Results<Ok<Page<WorksheetResponse>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, [AsParameters] Request request, WorksheetDesk desk, WorksheetReader reader, RunDesk runs, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var (sheet, refused) = await desk.FindAsync(id, toolCode, ct);
        if (sheet is null)
            return refused!;
        if (!await runs.IsOfTeamAsync(sheet.Run, ct))
            return ToolkitRunErrors.TeamOnly.ToConflict();

        var found = db.Worksheets.AsNoTracking().Where(w => w.RunId == id && w.ToolCode == toolCode && w.PersonId != null && w.SharedAt != null);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(w => w.Id > last);
        var page = Page.Of(await found.OrderBy(w => w.Id).Take(request.Take + 1).ToListAsync(ct), request.Take, worksheet => [worksheet.Id.ToString()], count);
        audit.Record("worksheet.listed", id, sheet.Run.OrganizationId, new { tool = toolCode, worksheets = page.Items.Count });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new Page<WorksheetResponse>(await reader.ReadAsync(sheet, page.Items, ct), page.NextCursor, page.Count));
    }
}
