using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Readings;

/// <summary>The text as it was in one revision.</summary>
internal static class GetReadingRevision
{
    /// <param name="Number">1 for the first text, +1 for each that replaced it.</param>
    /// <param name="Text">The text.</param>
    /// <param name="Length">Its length in Unicode code points.</param>
    /// <param name="WrittenBy">Who put it there; null for a machine.</param>
    /// <param name="WrittenAt">When.</param>
    public sealed record Response(long Number, string Text, int Length, TeamPerson? WrittenBy, DateTimeOffset WrittenAt);

    public static void Map(RouteGroupBuilder reading) =>
        reading.MapGet("/revisions/{number:long}", Handle)
            .UseCase(nameof(GetReadingRevision), "Read an earlier text")
            .RequireScope(Scopes.ToolkitsRead)
            .Refuses(ReadingErrors.NoReading)
            .Example(response: new Response(1, ReadingResponse.Sample.Text, 48, TeamPerson.Sample, ToolkitRunResponse.SampleTime));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, long number, ReadingDesk desk, PLServiceDbContext db, CancellationToken ct)
    {
        var (reading, refused) = await desk.FindTextAsync(id, toolCode, ct);
        if (reading is null)
            return refused!;
        if (await db.ReadingRevisions.AsNoTracking().SingleOrDefaultAsync(r => r.ReadingId == reading.Stored!.Id && r.Revision == number, ct) is not { } text)
            return Problems.NotFound("reading_revision");
        var names = await db.NamesOfAsync([text.PersonId], ct);
        return TypedResults.Ok(new Response(text.Revision, text.Text, text.Length, TeamPerson.Of(text.PersonId, names), text.At));
    }
}
