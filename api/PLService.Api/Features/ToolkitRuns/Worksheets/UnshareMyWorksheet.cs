using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>Takes your own answers back: the team does not see them any more. What it has gathered stays in its answer.</summary>
internal static class UnshareMyWorksheet
{
    public static void Map(RouteGroupBuilder worksheet) =>
        worksheet.MapPost("/mine/unshare", Handle)
            .UseCase(nameof(UnshareMyWorksheet), "Take your own answers back")
            .RequirePerson()
            .Refuses(WorksheetErrors.NotShared)
            .Example(response: WorksheetResponse.OwnSample);

    private static async Task<Results<Ok<WorksheetResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, IfMatch ifMatch, WorksheetDesk desk, WorksheetReader reader, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var (sheet, refused) = await desk.FindOwnAsync(id, toolCode, ct);
        if (sheet is null)
            return refused!;
        if (await desk.Stored(sheet).SingleOrDefaultAsync(ct) is not { } worksheet)
            return WorksheetErrors.NotShared.ToConflict();
        if (ifMatch.Refuses(worksheet.Version) is { } stale)
            return stale;
        if (worksheet.Unshare() is { } already)
            return already.ToConflict();

        audit.Record("worksheet.unshared", worksheet.Id, sheet.Run.OrganizationId, new { run = id, tool = toolCode });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await reader.ReadAsync(sheet, ct));
    }
}
