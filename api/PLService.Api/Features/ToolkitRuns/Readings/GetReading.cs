using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;

namespace PLService.Api.Features.ToolkitRuns.Readings;

/// <summary>The text that the team reads, as it is now; 404 while nobody has brought it in.</summary>
internal static class GetReading
{
    public static void Map(RouteGroupBuilder reading) =>
        reading.MapGet("/", Handle)
            .UseCase(nameof(GetReading), "Read the text that the team marks")
            .RequireScope(Scopes.ToolkitsRead)
            .Refuses(ReadingErrors.NoReading)
            .Example(response: ReadingResponse.Sample);

    private static async Task<Results<Ok<ReadingResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, string toolCode, ReadingDesk desk, CancellationToken ct)
    {
        var (reading, refused) = await desk.FindTextAsync(id, toolCode, ct);
        return reading is null ? refused! : TypedResults.Ok(await desk.AnswerAsync(reading, await desk.TextAsync(reading.Stored!, ct), ct));
    }
}
