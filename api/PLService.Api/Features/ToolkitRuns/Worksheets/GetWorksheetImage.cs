using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>The image that answers a field of the team's worksheet, as a download. Its ETag is its SHA-256.</summary>
internal static class GetWorksheetImage
{
    public static void Map(RouteGroupBuilder worksheet) =>
        worksheet.MapGet("/images/{**field}", Handle)
            .UseCase(nameof(GetWorksheetImage), "Read an image of the team's worksheet")
            .RequireScope(Scopes.ToolkitsRead)
            .Produces<Stream>(StatusCodes.Status200OK, "image/png", "image/jpeg", "image/gif", "image/webp")
            .Example(response: "The image's bytes.");

    private static async Task<Results<FileContentHttpResult, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, string field, HttpResponse response, WorksheetDesk desk, ImageDesk images, CancellationToken ct)
    {
        var (sheet, refused) = await desk.FindAsync(id, toolCode, ct);
        return sheet is null ? refused! : await images.GetAsync(sheet, ImageDesk.KeyOf(field), response, ct);
    }
}
