using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Assessments;

/// <summary>Removes a draft. What was open once stays: close and archive it.</summary>
internal static class DeleteAssessment
{
    public static void Map(RouteGroupBuilder assessments) =>
        assessments.MapDelete("/{id:guid}", Handle)
            .UseCase(nameof(DeleteAssessment), "Delete a draft")
            .RequireScope(Scopes.AssessmentsWrite)
            .Refuses(AssessmentErrors.NotDraft);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.ReachableAssessments().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } assessment)
            return Problems.NotFound("assessment");
        if (ifMatch.Refuses(assessment.Version) is { } stale)
            return stale;
        if (assessment.Status is not AssessmentStatus.Draft)
            return AssessmentErrors.NotDraft.ToConflict();

        db.Remove(assessment);
        audit.Record("assessment.deleted", id, assessment.OrganizationId, new { assessment.ExternalId, assessment.Round });
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
