using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Members;

/// <summary>What operations on members have in common. Whoever changes them has locked the team, so that terms are looked at one after the other.</summary>
internal sealed class MemberDesk(PLServiceDbContext db, TeamDesk teams, Constituencies constituencies)
{
    /// <summary>A member of a team that works, for a change at the version in If-Match; otherwise the refusal.</summary>
    public async Task<(Team? Team, TeamMember? Member, JsonHttpResult<ApiProblem>? Refused)> FindAsync(Guid teamId, Guid memberId, IfMatch ifMatch, CancellationToken ct)
    {
        var (team, refused) = await teams.FindActiveAsync(teamId, ct);
        if (team is null)
            return (null, null, refused);
        if (await db.TeamMembers.SingleOrDefaultAsync(m => m.TeamId == teamId && m.Id == memberId, ct) is not { } member)
            return (null, null, Problems.NotFound("team_member"));
        return ifMatch.Refuses(member.Version) is { } stale ? (null, null, stale) : (team, member, null);
    }

    /// <summary>Why the term cannot be, or become, so; null when it can.</summary>
    /// <param name="teamId">The team.</param>
    /// <param name="member">The term as it is; null for a new one.</param>
    /// <param name="content">What it is to be.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<JsonHttpResult<ApiProblem>?> RefusesAsync(Guid teamId, TeamMember? member, TeamMemberContent content, CancellationToken ct)
    {
        if (await constituencies.FaultsAsync(content.Constituencies ?? [], at => $"/constituencies/{at}", ct) is { } faults)
            return faults;
        if (content.PersonId is not { } person)
            return null;
        // Who stays needs not be reached; who comes does.
        if (person != member?.PersonId && !await db.ReachablePeople().AnyAsync(p => p.Id == person && p.Status == PersonStatus.Active, ct))
            return TeamErrors.UnknownPerson.ToConflict();
        var memberId = member?.Id;
        var others = await db.TeamMembers.AsNoTracking().Where(m => m.TeamId == teamId && m.PersonId == person && m.Id != memberId).ToListAsync(ct);
        return others.Exists(other => other.Overlaps(content)) ? TeamErrors.TermsOverlap.ToConflict() : null;
    }
}
