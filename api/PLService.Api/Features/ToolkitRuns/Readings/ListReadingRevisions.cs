using System.Globalization;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Readings;

/// <summary>The revisions of a text, the newest first.</summary>
internal static class ListReadingRevisions
{
    public sealed class Request : PageRequest;

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator() => RuleFor(request => request.Cursor).Must(cursor => cursor is null || TryRead(cursor, out _))
            .WithErrorCode("cursor.unknown").WithMessage("This is not a cursor of this list; take nextCursor of the page before.");
    }

    public static void Map(RouteGroupBuilder reading) =>
        reading.MapQuery("/revisions", Handle)
            .UseCase(nameof(ListReadingRevisions), "List the revisions of a text")
            .RequireScope(Scopes.ToolkitsRead)
            .Validate<Request>()
            .Refuses(ReadingErrors.NoReading)
            .Example(response: new Page<ReadingRevisionSummary>([ReadingRevisionSummary.Sample], null, null));

    private static async Task<Results<Ok<Page<ReadingRevisionSummary>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, [AsParameters] Request request, ReadingDesk desk, PLServiceDbContext db, CancellationToken ct)
    {
        var (reading, refused) = await desk.FindTextAsync(id, toolCode, ct);
        if (reading is null)
            return refused!;
        var found = db.ReadingRevisions.Where(r => r.ReadingId == reading.Stored!.Id);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (TryRead(request.Cursor, out var last))
            found = found.Where(r => r.Revision < last);

        var rows = await found.OrderByDescending(r => r.Revision).Take(request.Take + 1).Select(r => new { r.Revision, r.Length, r.PersonId, r.At }).ToListAsync(ct);
        var names = await db.NamesOfAsync(rows.Select(row => row.PersonId), ct);
        return TypedResults.Ok(Page.Of(
            rows.ConvertAll(row => new ReadingRevisionSummary(row.Revision, row.Length, TeamPerson.Of(row.PersonId, names), row.At)),
            request.Take, row => [row.Number.ToString(CultureInfo.InvariantCulture)], count));
    }

    private static bool TryRead(string? cursor, out long revision)
    {
        revision = 0;
        return Cursor.TryDecode(cursor, out var keys) && keys is [var only] && long.TryParse(only, NumberStyles.None, CultureInfo.InvariantCulture, out revision);
    }
}
