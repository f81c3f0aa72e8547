using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>The image with which a member answered a field and which the member shares, for the team and those who lead it, as a download.</summary>
internal static class GetSharedWorksheetImage
{
    public static void Map(RouteGroupBuilder worksheet) =>
        worksheet.MapGet("/shared/{personId:guid}/images/{**field}", Handle)
            .UseCase(nameof(GetSharedWorksheetImage), "Read an image that a member shares")
            .RequireScope(Scopes.ToolkitsRead)
            .Refuses(ToolkitRunErrors.TeamOnly)
            .Produces<Stream>(StatusCodes.Status200OK, "image/png", "image/jpeg", "image/gif", "image/webp")
            .Example(response: "The image's bytes.");

    private static async Task<Results<FileContentHttpResult, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, Guid personId, string field, HttpResponse response, WorksheetDesk desk, RunDesk runs, ImageDesk images, CancellationToken ct)
    {
        var (sheet, refused) = await desk.FindAsync(id, toolCode, ct);
        if (sheet is null)
            return refused!;
        if (!await runs.IsOfTeamAsync(sheet.Run, ct))
            return ToolkitRunErrors.TeamOnly.ToConflict();
        return await images.GetSharedAsync(sheet with { PersonId = personId }, ImageDesk.KeyOf(field), response, ct);
    }
}
