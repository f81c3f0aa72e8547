using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Teams;

namespace PLService.Api.Features.Teams;

/// <summary>Finds teams for those who may read or change them.</summary>
internal sealed class TeamDesk(PLServiceDbContext db, TeamMembership membership, TeamStandings standings)
{
    /// <summary>The teams that the caller may read.</summary>
    public IQueryable<Team> Readable() => db.ReachableTeams(membership.EarliestToday);

    /// <summary>The team, locked for a change by those who lead where it is, whatever its status; or why it cannot be changed.</summary>
    public async Task<(Team? Team, JsonHttpResult<ApiProblem>? Refused)> FindAsync(Guid id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from pls.team where tenant_id = {db.TenantId} and id = {id} for no key update", ct);
        if (await db.OwnTeams().SingleOrDefaultAsync(t => t.Id == id, ct) is { } team)
            return (team, null);
        return (null, await Readable().AnyAsync(t => t.Id == id, ct) ? TeamErrors.LeadOnly.ToConflict() : Problems.NotFound("team"));
    }

    /// <summary>The same, of a team that works.</summary>
    public async Task<(Team? Team, JsonHttpResult<ApiProblem>? Refused)> FindActiveAsync(Guid id, CancellationToken ct)
    {
        var (team, refused) = await FindAsync(id, ct);
        return team?.Status is TeamStatus.Dissolved ? (null, TeamErrors.IsDissolved.ToConflict()) : (team, refused);
    }

    /// <summary>The day that it is where the team is.</summary>
    public async Task<DateOnly> TodayAsync(Team team, CancellationToken ct) =>
        membership.TodayIn(await db.Organizations.Where(o => o.Id == team.OrganizationId).Select(o => o.TimeZone).SingleAsync(ct));

    /// <summary>The team as it is answered.</summary>
    public async Task<TeamResponse> AnswerAsync(Team team, CancellationToken ct) => TeamResponse.Of(team, (await standings.ReadAsync([team], ct))[team.Id]);

    /// <summary>412 when the team was changed since the caller read it. What follows behind the version in its tag, how the team stood, does not count.</summary>
    public static JsonHttpResult<ApiProblem>? Refuses(IfMatch ifMatch, Team team) => (ifMatch with { Tag = ifMatch.Tag?.Split('.')[0] }).Refuses(team.Version);
}
