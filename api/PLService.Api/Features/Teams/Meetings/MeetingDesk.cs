using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Meetings;

/// <summary>What operations on meetings have in common.</summary>
internal sealed class MeetingDesk(PLServiceDbContext db, TeamDesk teams)
{
    /// <summary>A meeting of a team that works, for a change at the version in If-Match; otherwise the refusal.</summary>
    public async Task<(Team? Team, TeamMeeting? Meeting, JsonHttpResult<ApiProblem>? Refused)> FindAsync(Guid teamId, Guid meetingId, IfMatch ifMatch, CancellationToken ct)
    {
        var (team, refused) = await teams.FindActiveAsync(teamId, ct);
        if (team is null)
            return (null, null, refused);
        if (await db.TeamMeetings.SingleOrDefaultAsync(m => m.TeamId == teamId && m.Id == meetingId, ct) is not { } meeting)
            return (null, null, Problems.NotFound("team_meeting"));
        return ifMatch.Refuses(meeting.Version) is { } stale ? (null, null, stale) : (team, meeting, null);
    }

    /// <summary>Why the meeting cannot be, or become, so; null when it can.</summary>
    /// <param name="team">The team.</param>
    /// <param name="before">What is said of it now; null of a new one.</param>
    /// <param name="content">What is to be said.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<DomainError?> RefusesAsync(Team team, MeetingContent? before, MeetingContent content, CancellationToken ct)
    {
        if (content.Status is MeetingStatus.Held && content.Day > await teams.TodayAsync(team, ct))
            return TeamErrors.NotYetHeld;
        var came = content.Present.Except(before?.Present ?? []).ToArray();
        if (came.Length > 0 && await db.TeamMembers.CountAsync(m => m.TeamId == team.Id && came.Contains(m.Id), ct) < came.Length)
            return TeamErrors.UnknownMember;
        if (content.Decisions.Select(decision => decision.Id).OfType<Guid>().Except((before?.Decisions ?? []).Select(decision => decision.Id!.Value)).Any())
            return TeamErrors.UnknownDecision;
        // A plan that stands there already needs not be reached.
        var plans = content.Decisions.Select(decision => decision.PlanId).Except((before?.Decisions ?? []).Select(decision => decision.PlanId)).OfType<Guid>().ToArray();
        return plans.Length > 0 && await db.ReachablePlans().CountAsync(p => plans.Contains(p.Id), ct) < plans.Length ? TeamErrors.UnknownPlan : null;
    }

    /// <summary>Makes those present and what was decided as the content says.</summary>
    /// <returns>Names of what changed.</returns>
    public async Task<IReadOnlyList<string>> SetAsync(TeamMeeting meeting, MeetingContent content, CancellationToken ct)
    {
        var changed = new List<string>();
        var there = await db.TeamAttendances.Where(a => a.MeetingId == meeting.Id).ToListAsync(ct);
        var (gone, came) = (there.Where(a => !content.Present.Contains(a.MemberId)).ToList(), content.Present.Except(there.Select(a => a.MemberId)).ToList());
        db.RemoveRange(gone);
        db.AddRange(came.Select(member => new TeamAttendance { MeetingId = meeting.Id, MemberId = member }));
        if (gone.Count + came.Count > 0)
            changed.Add("present");

        var decisions = await db.TeamDecisions.Where(d => d.MeetingId == meeting.Id).ToDictionaryAsync(d => d.Id, ct);
        foreach (var (position, decision) in content.Decisions.Index())
        {
            if (decision.Id is not { } known || !decisions.Remove(known, out var row))
                db.Add(row = new TeamDecision { MeetingId = meeting.Id });
            (row.Position, row.Text, row.DecidedOn, row.PlanId) = (position, decision.Text, decision.DecidedOn ?? content.Day, decision.PlanId);
        }

        db.RemoveRange(decisions.Values);
        if (db.ChangeTracker.Entries<TeamDecision>().Any(entry => entry.State is not EntityState.Unchanged))
            changed.Add("decisions");
        return changed;
    }
}
