using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>
/// Answers a field of your own worksheet with an image, or replaces it: then If-Match takes the image's ETag. PNG, JPEG, GIF or WebP of 2 MiB at
/// most, told by its first bytes; SVG is not taken. What it shows has to be said in words.
/// </summary>
internal static class PutMyWorksheetImage
{
    public static void Map(RouteGroupBuilder worksheet) =>
        worksheet.MapPut("/mine/images/{**field}", Handle)
            .UseCase(nameof(PutMyWorksheetImage), "Put an image into your own worksheet")
            .RequirePerson()
            .Validate<ImageRequest>()
            .Accepts<Stream>("image/png", "image/jpeg", "image/gif", "image/webp")
            .Refuses(WorksheetErrors.NoImage)
            .Example("The image's bytes.", ImageResponse.Sample);

    private static async Task<Results<Ok<ImageResponse>, Created<ImageResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, string field, [AsParameters] ImageRequest request, IfMatch? ifMatch, HttpRequest body, WorksheetDesk desk, ImageDesk images, CancellationToken ct)
    {
        var (sheet, refused) = await desk.FindOwnAsync(id, toolCode, ct);
        if (sheet is null)
            return refused!;
        var key = ImageDesk.KeyOf(field);
        var (image, isNew, unfit) = await images.PutAsync(sheet, key, request.AlternativeText!, ifMatch!, body, ct);
        return image is null ? unfit! : isNew ? TypedResults.Created($"{sheet.Address}/images/{key}", image) : TypedResults.Ok(image);
    }
}
