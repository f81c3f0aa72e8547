using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>The image that answers a field of your own worksheet, as a download. Its ETag is its SHA-256.</summary>
internal static class GetMyWorksheetImage
{
    public static void Map(RouteGroupBuilder worksheet) =>
        worksheet.MapGet("/mine/images/{**field}", Handle)
            .UseCase(nameof(GetMyWorksheetImage), "Read an image of your own worksheet")
            .RequirePerson()
            .Produces<Stream>(StatusCodes.Status200OK, "image/png", "image/jpeg", "image/gif", "image/webp")
            .Example(response: "The image's bytes.");

    private static async Task<Results<FileContentHttpResult, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, string field, HttpResponse response, WorksheetDesk desk, ImageDesk images, CancellationToken ct)
    {
        var (sheet, refused) = await desk.FindOwnAsync(id, toolCode, ct);
        return sheet is null ? refused! : await images.GetAsync(sheet, ImageDesk.KeyOf(field), response, ct);
    }
}
