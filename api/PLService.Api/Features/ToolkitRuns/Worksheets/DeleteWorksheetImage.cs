using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>Removes the image that answers a field of the team's worksheet.</summary>
internal static class DeleteWorksheetImage
{
    public static void Map(RouteGroupBuilder worksheet) =>
        worksheet.MapDelete("/images/{**field}", Handle)
            .UseCase(nameof(DeleteWorksheetImage), "Remove an image from the team's worksheet")
            .RequireScope(Scopes.ToolkitsWrite)
            .Refuses(ToolkitRunErrors.NotMember);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, string field, IfMatch ifMatch, WorksheetDesk desk, ImageDesk images, CancellationToken ct)
    {
        var (sheet, refused) = await desk.FindForWorkAsync(id, toolCode, ct);
        return sheet is null ? refused! : await images.DeleteAsync(sheet, ImageDesk.KeyOf(field), ifMatch, ct);
    }
}
