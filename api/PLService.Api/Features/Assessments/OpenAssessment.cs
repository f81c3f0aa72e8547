using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Assessments;

/// <summary>Opens a draft: from now on participants answer, and mode and roles stay as they are.</summary>
internal static class OpenAssessment
{
    public static void Map(RouteGroupBuilder assessments) =>
        assessments.MapPost("/{id:guid}/open", Handle)
            .UseCase(nameof(OpenAssessment), "Open an assessment")
            .RequireScope(Scopes.AssessmentsWrite)
            .Refuses(AssessmentErrors.NotDraft)
            .Example(response: AssessmentResponse.Sample);

    private static async Task<Results<Ok<AssessmentResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PLServiceDbContext db, AssessmentRows rows, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (await db.ReachableAssessments().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } assessment)
            return Problems.NotFound("assessment");
        if (ifMatch.Refuses(assessment.Version) is { } stale)
            return stale;
        if (assessment.Open(clock.GetUtcNow()) is { } refused)
            return refused.ToConflict();

        audit.Record("assessment.opened", id, assessment.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await rows.OfAsync(assessment, ct));
    }
}
