using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;

namespace PLService.Api.Features.Responses;

/// <summary>How many participants have started and handed in, in every mode: a coordinator sees when to remind everybody.</summary>
internal static class GetResponseCounts
{
    /// <param name="Responses">Responses that were started.</param>
    /// <param name="Submitted">Of these, handed in.</param>
    public sealed record Response(int Responses, int Submitted);

    public static void Map(RouteGroupBuilder responses) =>
        responses.MapGet("/counts", Handle)
            .UseCase(nameof(GetResponseCounts), "Count responses")
            .RequireScope(Scopes.AssessmentsRead)
            .Example(response: new Response(25, 21));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(Guid id, AssessmentGate gate, PLServiceDbContext db, CancellationToken ct)
    {
        if (await gate.FindAsync(id, ct) is null)
            return Problems.NotFound("assessment");

        var counts = await db.Responses.Where(r => r.AssessmentId == id).GroupBy(r => r.Status).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        return TypedResults.Ok(new Response(counts.Sum(c => c.Count), counts.Where(c => c.Key == ResponseStatus.Submitted).Sum(c => c.Count)));
    }
}
