using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>Every value that the fields of the team's worksheet ever had, with who wrote it and when, the newest first. To bring one back, send it again.</summary>
internal static class ListWorksheetChanges
{
    public static void Map(RouteGroupBuilder worksheet) =>
        worksheet.MapQuery("/history", Handle)
            .UseCase(nameof(ListWorksheetChanges), "Read the history of the team's worksheet")
            .RequireScope(Scopes.ToolkitsRead)
            .Validate<HistoryRequest>()
            .Example(response: new Page<WorksheetChangeResponse>([WorksheetChangeResponse.Sample], null, null));

    private static async Task<Results<Ok<Page<WorksheetChangeResponse>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, [AsParameters] HistoryRequest request, WorksheetDesk desk, ChangeHistory history, CancellationToken ct)
    {
        var (sheet, refused) = await desk.FindAsync(id, toolCode, ct);
        return sheet is null ? refused! : TypedResults.Ok(await history.ReadAsync(sheet, request, ct));
    }
}
