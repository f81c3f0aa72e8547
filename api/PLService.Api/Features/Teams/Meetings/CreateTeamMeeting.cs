using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Meetings;

/// <summary>Plans a meeting of a team, or enters one that was held. Day and times are those of the organization's time zone.</summary>
internal static class CreateTeamMeeting
{
    public static void Map(RouteGroupBuilder meetings) =>
        meetings.MapPost("/", Handle)
            .UseCase(nameof(CreateTeamMeeting), "Plan a meeting of a team")
            .RequireScope(Scopes.TeamsWrite)
            .Validate<MeetingContent>()
            .Refuses(TeamErrors.LeadOnly, TeamErrors.IsDissolved, TeamErrors.NotYetHeld, TeamErrors.UnknownMember, TeamErrors.UnknownDecision, TeamErrors.UnknownPlan, TeamErrors.TooManyMeetings)
            .Example(TeamMeetingResponse.SampleContent, TeamMeetingResponse.Sample);

    private static async Task<Results<Created<TeamMeetingResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, MeetingContent request, PLServiceDbContext db, TeamDesk teams, MeetingDesk desk, MeetingReader reader, AuditTrail audit, CancellationToken ct)
    {
        var (team, refused) = await teams.FindActiveAsync(id, ct);
        if (team is null)
            return refused!;
        if (await desk.RefusesAsync(team, null, request, ct) is { } wrong)
            return wrong.ToConflict();
        if (await db.TeamMeetings.CountAsync(m => m.TeamId == id, ct) >= TeamMeeting.MaxPerTeam)
            return TeamErrors.TooManyMeetings.ToConflict();

        var meeting = TeamMeeting.Create(id, request);
        db.Add(meeting);
        await desk.SetAsync(meeting, request, ct);
        audit.Record("teamMeeting.created", meeting.Id, team.OrganizationId, new { teamId = id, meeting.Day, status = EnumText.Of(meeting.Status) });
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/teams/{id}/meetings/{meeting.Id}", await reader.AnswerAsync(meeting, ct));
    }
}
