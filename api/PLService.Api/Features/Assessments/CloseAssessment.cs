using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;

namespace PLService.Api.Features.Assessments;

/// <summary>
/// Closes an open assessment and freezes its result. Every response with at least one rating counts, handed in or not, and every tally;
/// the result says how many were handed in. A rating that is on its way is either counted or refused, never lost.
/// </summary>
internal static class CloseAssessment
{
    public static void Map(RouteGroupBuilder assessments) =>
        assessments.MapPost("/{id:guid}/close", Handle)
            .UseCase(nameof(CloseAssessment), "Close an assessment")
            .RequireScope(Scopes.AssessmentsWrite)
            .Refuses(AssessmentErrors.NotOpen)
            .Example(response: AssessmentResponse.Sample with { Status = AssessmentStatus.Closed, ResultRevision = 1, Version = 3 });

    private static async Task<Results<Ok<AssessmentResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, AssessmentGate gate, AssessmentCloser closer, PLServiceDbContext db, AssessmentRows rows, CancellationToken ct)
    {
        if (await gate.LockAsync(id, ct) is not { } state)
            return Problems.NotFound("assessment");
        if (ifMatch.Refuses(state.Version) is { } stale)
            return stale;
        if (await closer.CloseAsync([id], ct) is { } refused)
            return refused.ToConflict();

        return TypedResults.Ok(await rows.OfAsync(await db.ReachableAssessments().SingleAsync(a => a.Id == id, ct), ct));
    }
}
