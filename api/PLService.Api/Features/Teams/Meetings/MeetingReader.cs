using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Teams;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Meetings;

/// <summary>Makes what is answered of meetings.</summary>
internal sealed class MeetingReader(PLServiceDbContext db)
{
    /// <summary>What is said of the meeting now, with what stands in rows beside it.</summary>
    public async Task<MeetingContent> ContentAsync(TeamMeeting meeting, CancellationToken ct) => new()
    {
        Day = meeting.Day,
        From = TeamMeeting.WriteTime(meeting.BeginsAt),
        To = meeting.EndsAt is { } end ? TeamMeeting.WriteTime(end) : null,
        Title = meeting.Title,
        Place = meeting.Place,
        Status = meeting.Status,
        Agenda = meeting.ReadAgenda(),
        Present = await db.TeamAttendances.Where(a => a.MeetingId == meeting.Id).OrderBy(a => a.MemberId).Select(a => a.MemberId).ToListAsync(ct),
        Minutes = meeting.Minutes,
        Decisions = await db.TeamDecisions.Where(d => d.MeetingId == meeting.Id).OrderBy(d => d.Position)
            .Select(d => new MeetingDecision(d.Text, d.DecidedOn, d.PlanId, d.Id)).ToListAsync(ct),
    };

    /// <summary>The meeting as it is answered.</summary>
    public async Task<TeamMeetingResponse> AnswerAsync(TeamMeeting meeting, CancellationToken ct)
    {
        var (content, zone) = (await ContentAsync(meeting, ct), await ZoneAsync(meeting.TeamId, ct));
        return new()
        {
            Day = content.Day,
            From = content.From,
            To = content.To,
            Title = content.Title,
            Place = content.Place,
            Status = content.Status,
            Agenda = content.Agenda,
            Present = content.Present,
            Minutes = content.Minutes,
            Decisions = content.Decisions,
            Id = meeting.Id,
            TeamId = meeting.TeamId,
            TimeZone = zone,
            StartsAt = TeamMeeting.MomentOf(meeting.Day, meeting.BeginsAt, zone),
            EndsAt = meeting.EndsAt is { } end ? TeamMeeting.MomentOf(meeting.Day, end, zone) : null,
            CreatedAt = meeting.CreatedAt,
            UpdatedAt = meeting.UpdatedAt,
            Version = meeting.Version,
        };
    }

    /// <summary>The time zone of the team's organization.</summary>
    public Task<string> ZoneAsync(Guid teamId, CancellationToken ct) =>
        (from team in db.Teams join organization in db.Organizations on team.OrganizationId equals organization.Id where team.Id == teamId select organization.TimeZone).SingleAsync(ct);
}
