using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Assessments;

/// <summary>Archives a closed assessment: nothing about it changes any more, its result stays.</summary>
internal static class ArchiveAssessment
{
    public static void Map(RouteGroupBuilder assessments) =>
        assessments.MapPost("/{id:guid}/archive", Handle)
            .UseCase(nameof(ArchiveAssessment), "Archive an assessment")
            .RequireScope(Scopes.AssessmentsWrite)
            .Refuses(AssessmentErrors.NotClosed)
            .Example(response: AssessmentResponse.Sample);

    private static async Task<Results<Ok<AssessmentResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PLServiceDbContext db, AssessmentRows rows, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (await db.ReachableAssessments().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } assessment)
            return Problems.NotFound("assessment");
        if (ifMatch.Refuses(assessment.Version) is { } stale)
            return stale;
        if (assessment.Archive(clock.GetUtcNow()) is { } refused)
            return refused.ToConflict();

        audit.Record("assessment.archived", id, assessment.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await rows.OfAsync(assessment, ct));
    }
}
