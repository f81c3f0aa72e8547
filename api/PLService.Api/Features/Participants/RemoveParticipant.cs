using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;
using PLService.Api.Persistence.Participants;

namespace PLService.Api.Features.Participants;

/// <summary>
/// Takes somebody off the roster who has not started. Who has started stays: to take an answer back, delete the response. It needs no If-Match,
/// because the one thing that matters, whether somebody has started, is asked here.
/// </summary>
internal static class RemoveParticipant
{
    public static void Map(RouteGroupBuilder assessment) =>
        assessment.MapDelete("/participants/{participantId:guid}", Handle)
            .UseCase(nameof(RemoveParticipant), "Take somebody off the roster")
            .RequireScope(Scopes.AssessmentsWrite)
            .Refuses(ParticipationErrors.NamesAreWithheld, ParticipationErrors.HasStarted);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid participantId, AssessmentGate gate, ParticipationStore participations, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await gate.FindAsync(id, ct) is null || await participations.HoldAsync(id, ct) is not { } held)
            return Problems.NotFound("assessment");
        // A refusal would tell who has started.
        if (held.State.Mode is AssessmentMode.Anonymous)
            return ParticipationErrors.NamesAreWithheld.ToConflict();
        var found = db.Participations.Where(p => p.AssessmentId == id && p.Id == participantId);
        if (await found.Select(p => new { p.Status }).SingleOrDefaultAsync(ct) is not { } participation)
            return Problems.NotFound("participation");
        if (participation.Status is not ParticipationStatus.Invited)
            return ParticipationErrors.HasStarted.ToConflict();

        await found.ExecuteDeleteAsync(ct);
        audit.Record("participation.removed", participantId, held.State.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
