using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Readings;

/// <summary>How many passages are marked with each code, and by how many people.</summary>
internal static class GetReadingSummary
{
    /// <param name="Total">How many passages are marked.</param>
    /// <param name="Orphaned">How many of them the present text does not have.</param>
    /// <param name="People">How many people marked some.</param>
    /// <param name="Codes">The codes in the toolkit's order.</param>
    public sealed record Response(int Total, int Orphaned, int People, IReadOnlyList<CodeSummary> Codes);

    /// <param name="Sign">The sign.</param>
    /// <param name="Label">What it means, by language.</param>
    /// <param name="Annotations">How many passages are marked with it.</param>
    /// <param name="WithRationale">How many of them say why.</param>
    /// <param name="Orphaned">How many of them the present text does not have.</param>
    /// <param name="People">How many people use it.</param>
    public sealed record CodeSummary(string Sign, Text Label, int Annotations, int WithRationale, int Orphaned, int People);

    public static void Map(RouteGroupBuilder reading) =>
        reading.MapGet("/summary", Handle)
            .UseCase(nameof(GetReadingSummary), "Count marks by code")
            .RequireScope(Scopes.ToolkitsRead)
            .Refuses(ReadingErrors.NoReading)
            .Example(response: new Response(1, 0, 1, [new("#", Text.En("Difference"), 1, 1, 0, 1)]));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(Guid id, string toolCode, ReadingDesk desk, PLServiceDbContext db, CancellationToken ct)
    {
        var (reading, refused) = await desk.FindTextAsync(id, toolCode, ct);
        if (reading is null)
            return refused!;

        var marks = await db.Annotations.Where(a => a.ReadingId == reading.Stored!.Id)
            .GroupBy(a => new { a.Sign, a.PersonId })
            .Select(of => new { of.Key.Sign, of.Key.PersonId, Count = of.Count(), Reasons = of.Count(a => a.Rationale != null), Orphaned = of.Count(a => a.IsOrphaned) })
            .ToListAsync(ct);
        return TypedResults.Ok(new Response(
            marks.Sum(of => of.Count), marks.Sum(of => of.Orphaned), marks.Select(of => of.PersonId).OfType<Guid>().Distinct().Count(),
            [.. reading.Spec.Codes.Select(code =>
            {
                var its = marks.Where(of => of.Sign == code.Sign).ToList();
                return new CodeSummary(code.Sign, code.Label, its.Sum(of => of.Count), its.Sum(of => of.Reasons), its.Sum(of => of.Orphaned), its.Count(of => of.PersonId is not null));
            })]));
    }
}
