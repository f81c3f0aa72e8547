using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;

namespace PLService.Api.Features.Tallies;

/// <summary>Removes a tally, while the assessment is open.</summary>
internal static class DeleteTally
{
    public static void Map(RouteGroupBuilder tallies) =>
        tallies.MapDelete("/{groupKey}", Handle)
            .UseCase(nameof(DeleteTally), "Delete a tally")
            .RequireScope(Scopes.AssessmentsWrite)
            .Refuses(AssessmentErrors.NotOpen);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string groupKey, IfMatch ifMatch, AssessmentGate gate, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await gate.HoldAsync(id, ct) is not { } assessment)
            return Problems.NotFound("assessment");
        if (await db.Tallies.SingleOrDefaultAsync(t => t.AssessmentId == id && t.GroupKey == groupKey, ct) is not { } tally)
            return Problems.NotFound("tally");
        if (ifMatch.Refuses(tally.Version) is { } stale)
            return stale;
        if (assessment.Status is not AssessmentStatus.Open)
            return AssessmentErrors.NotOpen.ToConflict();

        db.Remove(tally);
        audit.Record("tally.deleted", tally.Id, assessment.OrganizationId, new { groupKey });
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
