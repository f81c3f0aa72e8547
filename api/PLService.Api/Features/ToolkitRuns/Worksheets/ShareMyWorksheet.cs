using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>Hands your own answers in: from now on the team sees them, as they are and as you change them, and can gather them into its own.</summary>
internal static class ShareMyWorksheet
{
    public static void Map(RouteGroupBuilder worksheet) =>
        worksheet.MapPost("/mine/share", Handle)
            .UseCase(nameof(ShareMyWorksheet), "Share your own answers with the team")
            .RequirePerson()
            .Refuses(WorksheetErrors.AlreadyShared, WorksheetErrors.Empty)
            .Example(response: WorksheetResponse.OwnSample with { SharedAt = ToolkitRunResponse.SampleTime });

    private static async Task<Results<Ok<WorksheetResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, IfMatch ifMatch, WorksheetDesk desk, WorksheetReader reader, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        var (sheet, refused) = await desk.FindOwnAsync(id, toolCode, ct);
        if (sheet is null)
            return refused!;
        if (await desk.Stored(sheet).SingleOrDefaultAsync(ct) is not { } worksheet)
            return WorksheetErrors.Empty.ToConflict();
        if (ifMatch.Refuses(worksheet.Version) is { } stale)
            return stale;
        if (worksheet.Share(clock.GetUtcNow()) is { } already)
            return already.ToConflict();

        audit.Record("worksheet.shared", worksheet.Id, sheet.Run.OrganizationId, new { run = id, tool = toolCode });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await reader.ReadAsync(sheet, ct));
    }
}
