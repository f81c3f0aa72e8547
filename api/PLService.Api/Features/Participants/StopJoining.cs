using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Participants;

/// <summary>Ends joining: code and link lead nowhere from now on. Who has joined goes on.</summary>
internal static class StopJoining
{
    public static void Map(RouteGroupBuilder assessment) =>
        assessment.MapDelete("/join-code", Handle)
            .UseCase(nameof(StopJoining), "Stop joining")
            .RequireScope(Scopes.AssessmentsWrite);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.ReachableAssessments().Where(a => a.Id == id).Select(a => new { a.OrganizationId }).SingleOrDefaultAsync(ct) is not { } assessment)
            return Problems.NotFound("assessment");
        if (await db.JoinCodes.SingleOrDefaultAsync(j => j.AssessmentId == id, ct) is not { } joinCode)
            return Problems.NotFound("join_code");
        if (ifMatch.Refuses(joinCode.Version) is { } stale)
            return stale;

        db.Remove(joinCode);
        audit.Record("assessment.joiningStopped", id, assessment.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
