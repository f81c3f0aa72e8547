using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>The team's answers to one tool. While nobody has written anything, its version is 0 and every field is there without an answer.</summary>
internal static class GetWorksheet
{
    public static void Map(RouteGroupBuilder worksheet) =>
        worksheet.MapGet("/", Handle)
            .UseCase(nameof(GetWorksheet), "Read the team's worksheet")
            .RequireScope(Scopes.ToolkitsRead)
            .Example(response: WorksheetResponse.Sample);

    private static async Task<Results<Ok<WorksheetResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, WorksheetDesk desk, WorksheetReader reader, CancellationToken ct)
    {
        var (sheet, refused) = await desk.FindAsync(id, toolCode, ct);
        return sheet is null ? refused! : TypedResults.Ok(await reader.ReadAsync(sheet, ct));
    }
}
