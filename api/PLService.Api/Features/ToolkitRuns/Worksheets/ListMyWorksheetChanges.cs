using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>Every value that the fields of your own worksheet ever had, the newest first.</summary>
internal static class ListMyWorksheetChanges
{
    public static void Map(RouteGroupBuilder worksheet) =>
        worksheet.MapQuery("/mine/history", Handle)
            .UseCase(nameof(ListMyWorksheetChanges), "Read the history of your own worksheet")
            .RequirePerson()
            .Validate<HistoryRequest>()
            .Example(response: new Page<WorksheetChangeResponse>([WorksheetChangeResponse.Sample], null, null));

    private static async Task<Results<Ok<Page<WorksheetChangeResponse>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, [AsParameters] HistoryRequest request, WorksheetDesk desk, ChangeHistory history, CancellationToken ct)
    {
        var (sheet, refused) = await desk.FindOwnAsync(id, toolCode, ct);
        return sheet is null ? refused! : TypedResults.Ok(await history.ReadAsync(sheet, request, ct));
    }
}
