using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Teams;

namespace PLService.Api.Persistence.Teams;

/// <summary>Says how teams stand today, many at once with the same few queries as one.</summary>
internal sealed class TeamStandings(PLServiceDbContext db, TeamMembership membership, TimeProvider clock)
{
    /// <summary>The rules of each kind of team.</summary>
    public async Task<TeamRules> RulesAsync(CancellationToken ct) => new(await db.TeamRuleSets.AsNoTracking().ToListAsync(ct));

    /// <summary>How each of these teams stands, by its id.</summary>
    public async Task<IReadOnlyDictionary<Guid, TeamStanding>> ReadAsync(IReadOnlyList<Team> teams, CancellationToken ct)
    {
        if (teams.Count == 0)
            return new Dictionary<Guid, TeamStanding>();

        var rules = await RulesAsync(ct);
        var places = teams.Select(team => team.OrganizationId).Distinct().ToArray();
        var zones = await db.Organizations.Where(o => places.Contains(o.Id)).Select(o => new { o.Id, o.TimeZone }).ToDictionaryAsync(o => o.Id, o => o.TimeZone, ct);
        var (ids, earliest) = (teams.Select(team => team.Id).ToArray(), membership.EarliestToday);
        var terms = (await db.TeamMembers.Where(m => ids.Contains(m.TeamId) && (m.EndsOn == null || m.EndsOn >= earliest))
            .Select(m => new { m.TeamId, Term = new TeamTerm(m.Id, m.Constituencies, m.StartsOn, m.EndsOn) }).ToListAsync(ct)).ToLookup(row => row.TeamId, row => row.Term);
        return teams.ToDictionary(
            team => team.Id, team => TeamStanding.Of(team, rules.Of(team.Kind), terms[team.Id], membership.TodayIn(zones[team.OrganizationId])));
    }

    /// <summary>The active teams that do not meet a rule of their kind today: the same as <see cref="ReadAsync"/> says, found by the database.</summary>
    public async Task<IQueryable<Team>> UnmetAsync(CancellationToken ct)
    {
        var rules = await RulesAsync(ct);
        var each = (from kind in Enum.GetValues<TeamKind>() from rule in rules.Of(kind) select (Kind: EnumText.Of(kind), Rule: rule)).ToList();
        var (kinds, codes, minimums) = (
            each.Select(of => of.Kind).ToArray(), each.Select(of => of.Rule.Constituency).ToArray(), each.Select(of => of.Rule.Minimum).ToArray());
        return db.Teams.FromSql(
            $"""
             select team.* from pls.team team
             join pls.organization place on place.tenant_id = team.tenant_id and place.id = team.organization_id
             where team.tenant_id = {db.TenantId} and team.status = 'active' and exists (
               select 1 from unnest({kinds}, {codes}, {minimums}) as rule (kind, constituency, minimum)
               where rule.kind = team.kind and rule.minimum > (
                 select count(*) from pls.team_member m, lateral (select ({clock.GetUtcNow()} at time zone place.time_zone)::date as today) day
                 where m.tenant_id = {db.TenantId} and m.team_id = team.id and rule.constituency = any (m.constituencies)
                   and (m.starts_on is null or m.starts_on <= day.today) and (m.ends_on is null or m.ends_on >= day.today)))
             """);
    }
}
