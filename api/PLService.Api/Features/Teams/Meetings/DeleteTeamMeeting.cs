using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Meetings;

/// <summary>Removes a meeting that is only planned. One that was held or cancelled stays on record.</summary>
internal static class DeleteTeamMeeting
{
    public static void Map(RouteGroupBuilder meetings) =>
        meetings.MapDelete("/{meetingId:guid}", Handle)
            .UseCase(nameof(DeleteTeamMeeting), "Delete a planned meeting of a team")
            .RequireScope(Scopes.TeamsWrite)
            .Refuses(TeamErrors.LeadOnly, TeamErrors.IsDissolved, TeamErrors.NotPlanned);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid meetingId, IfMatch ifMatch, PLServiceDbContext db, MeetingDesk desk, AuditTrail audit, CancellationToken ct)
    {
        var (team, meeting, refused) = await desk.FindAsync(id, meetingId, ifMatch, ct);
        if (team is null || meeting is null)
            return refused!;
        if (meeting.Status is not MeetingStatus.Planned)
            return TeamErrors.NotPlanned.ToConflict();

        audit.Record("teamMeeting.deleted", meetingId, team.OrganizationId, new { teamId = id });
        db.Remove(meeting);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
