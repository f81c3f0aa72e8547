using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns;

/// <summary>
/// The passages that the team marked as different from present policy and practice, with every code that collects them, in the order in which
/// they were marked. The id is that of the mark and stays, also when a later text does not have the passage.
/// </summary>
internal static class ListDifferences
{
    public sealed class Request : PageRequest;

    public sealed class Validator() : PageRequestValidator<Request>(keys: 1);

    /// <param name="Id">The id of the mark.</param>
    /// <param name="ToolCode">The tool.</param>
    /// <param name="Sign">The sign of the code.</param>
    /// <param name="Text">The passage.</param>
    /// <param name="Rationale">What differs.</param>
    /// <param name="Orphaned">Whether the present text does not have the passage.</param>
    /// <param name="Authors">Who marked it; nobody for a machine.</param>
    /// <param name="UpdatedAt">When it was last changed.</param>
    public sealed record Item(
        Guid Id, string ToolCode, string Sign, string Text, string? Rationale, bool Orphaned, IReadOnlyList<TeamPerson> Authors, DateTimeOffset UpdatedAt);

    public static void Map(RouteGroupBuilder runs) =>
        runs.MapQuery("/{id:guid}/differences", Handle)
            .UseCase(nameof(ListDifferences), "List the differences that the team found")
            .RequireScope(Scopes.ToolkitsRead)
            .Validate<Request>()
            .Example(response: new Page<Item>(
                [
                    new(
                        Guid.Parse("01a2b3c4-0000-7000-8000-000000000300"), "1.5", "#", "every educator's right", "Ours is for teachers only.", false, [TeamPerson.Sample],
                        ToolkitRunResponse.SampleTime),
                ],
                null, null));

    private static async Task<Results<Ok<Page<Item>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, RunDesk desk, PLServiceDbContext db, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { } run)
            return Problems.NotFound("toolkit_run");
        // Two tools may use one sign for different things.
        var signs = run.Layout.Document.Tools
            .SelectMany(tool => (ToolkitLayout.ReadingOf(tool)?.Codes ?? []).Where(code => code.Collects is ReadingCollection.Differences).Select(code => $"{tool.Code}\n{code.Sign}")).ToArray();
        var found = db.Annotations.AsNoTracking().Where(a => a.RunId == id && signs.Contains(a.ToolCode + "\n" + a.Sign));
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(a => a.Id > last);

        var page = Page.Of(await found.OrderBy(a => a.Id).Take(request.Take + 1).ToListAsync(ct), request.Take, annotation => [annotation.Id.ToString()], count);
        var names = await db.NamesOfAsync(page.Items.Select(annotation => annotation.PersonId), ct);
        return TypedResults.Ok(new Page<Item>(
            [.. page.Items.Select(a => new Item(
                a.Id, a.ToolCode, a.Sign, a.Exact, a.Rationale, a.IsOrphaned, TeamPerson.Of(a.PersonId, names) is { } person ? [person] : [], a.UpdatedAt))],
            page.NextCursor, page.Count));
    }
}
