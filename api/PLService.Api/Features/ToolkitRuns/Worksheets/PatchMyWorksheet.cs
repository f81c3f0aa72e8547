using System.Net.Mime;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>Changes some fields of your own worksheet, merged field by field as the team's is: you may have it open in two places.</summary>
internal static class PatchMyWorksheet
{
    public static void Map(RouteGroupBuilder worksheet) =>
        worksheet.MapPatch("/mine", Handle)
            .UseCase(nameof(PatchMyWorksheet), "Change fields of your own worksheet")
            .RequirePerson()
            .Accepts<WorksheetChangeRequest>(MergePatch.ContentType, MediaTypeNames.Application.Json)
            .Validate<WorksheetChangeRequest>()
            .Example(WorksheetChangeRequest.Sample, WorksheetResponse.OwnSample);

    private static async Task<Results<Ok<WorksheetResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, WorksheetChangeRequest request, IfMatch ifMatch, WorksheetDesk desk, WorksheetWriter writer, WorksheetReader reader, CancellationToken ct)
    {
        var (sheet, refused) = await desk.FindOwnAsync(id, toolCode, ct);
        if (sheet is null)
            return refused!;
        return await writer.ChangeAsync(sheet, request.Values, ifMatch, ct) is { } stale ? stale : TypedResults.Ok(await reader.ReadAsync(sheet, ct));
    }
}
