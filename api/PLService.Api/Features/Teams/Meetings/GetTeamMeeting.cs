using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Meetings;

/// <summary>A meeting of a team with agenda, minutes and decisions.</summary>
internal static class GetTeamMeeting
{
    public static void Map(RouteGroupBuilder meetings) =>
        meetings.MapGet("/{meetingId:guid}", Handle)
            .UseCase(nameof(GetTeamMeeting), "Read a meeting of a team")
            .RequireScope(Scopes.TeamsRead)
            .Example(response: TeamMeetingResponse.Sample);

    private static async Task<Results<Ok<TeamMeetingResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid meetingId, PLServiceDbContext db, TeamDesk teams, MeetingReader reader, CancellationToken ct) =>
        await teams.Readable().AsNoTracking().Where(t => t.Id == id)
            .SelectMany(t => db.TeamMeetings.Where(m => m.TeamId == t.Id && m.Id == meetingId)).SingleOrDefaultAsync(ct) is { } meeting
            ? TypedResults.Ok(await reader.AnswerAsync(meeting, ct))
            : Problems.NotFound("team_meeting");
}
