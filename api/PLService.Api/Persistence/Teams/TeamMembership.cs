using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.Teams;

namespace PLService.Api.Persistence.Teams;

/// <summary>Says who is in a team today.</summary>
internal sealed class TeamMembership(PLServiceDbContext db, TimeProvider clock)
{
    /// <summary>The day of the place on Earth where it is earliest: a term that ended before it is over everywhere.</summary>
    public DateOnly EarliestToday => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime.AddHours(-12));

    /// <summary>Whether the person has a term in the team today, and the team still works.</summary>
    public async Task<bool> IncludesAsync(Guid teamId, Guid personId, CancellationToken ct)
    {
        var terms = await (
            from team in db.Teams
            join organization in db.Organizations on team.OrganizationId equals organization.Id
            join member in db.TeamMembers on team.Id equals member.TeamId
            where team.Id == teamId && team.Status == TeamStatus.Active && member.PersonId == personId
            select new { organization.TimeZone, Term = new TeamTerm(member.Id, member.Constituencies, member.StartsOn, member.EndsOn) }).ToListAsync(ct);
        return terms.Exists(row => row.Term.Includes(TodayIn(row.TimeZone)));
    }

    /// <summary>The day that it is in a time zone.</summary>
    public DateOnly TodayIn(string timeZone) => LocalDay.In(timeZone, clock.GetUtcNow());
}
