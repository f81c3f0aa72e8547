using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>Your own answers to one tool, as a member of the team. Nobody else sees them until you share them.</summary>
internal static class GetMyWorksheet
{
    public static void Map(RouteGroupBuilder worksheet) =>
        worksheet.MapGet("/mine", Handle)
            .UseCase(nameof(GetMyWorksheet), "Read your own worksheet")
            .RequirePerson()
            .Example(response: WorksheetResponse.OwnSample);

    private static async Task<Results<Ok<WorksheetResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, WorksheetDesk desk, WorksheetReader reader, CancellationToken ct)
    {
        var (sheet, refused) = await desk.FindOwnAsync(id, toolCode, ct);
        return sheet is null ? refused! : TypedResults.Ok(await reader.ReadAsync(sheet, ct));
    }
}
