using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>Removes the image that answers a field of your own worksheet.</summary>
internal static class DeleteMyWorksheetImage
{
    public static void Map(RouteGroupBuilder worksheet) =>
        worksheet.MapDelete("/mine/images/{**field}", Handle)
            .UseCase(nameof(DeleteMyWorksheetImage), "Remove an image from your own worksheet")
            .RequirePerson();

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, string field, IfMatch ifMatch, WorksheetDesk desk, ImageDesk images, CancellationToken ct)
    {
        var (sheet, refused) = await desk.FindOwnAsync(id, toolCode, ct);
        return sheet is null ? refused! : await images.DeleteAsync(sheet, ImageDesk.KeyOf(field), ifMatch, ct);
    }
}
