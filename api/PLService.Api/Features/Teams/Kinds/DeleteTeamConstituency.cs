using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Teams;

namespace PLService.Api.Features.Teams.Kinds;

/// <summary>Removes a constituency of the tenant's own that no member and no rule names.</summary>
internal static class DeleteTeamConstituency
{
    public static void Map(RouteGroupBuilder constituencies) =>
        constituencies.MapDelete("/{constituency}", Handle)
            .UseCase(nameof(DeleteTeamConstituency), "Delete an unused constituency of teams")
            .RequireScope(Scopes.TenantWrite)
            .RequireWholeTenant()
            .Refuses(TeamErrors.ConstituencyIsShipped, TeamErrors.ConstituencyInUse);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        string constituency, IfMatch ifMatch, PLServiceDbContext db, TeamStandings standings, AuditTrail audit, CancellationToken ct)
    {
        if (TeamConstituency.Shipped.ContainsKey(constituency))
            return TeamErrors.ConstituencyIsShipped.ToConflict();
        if (await db.TeamConstituencies.SingleOrDefaultAsync(c => c.Code == constituency, ct) is not { } own)
            return Problems.NotFound("team_constituency");
        if (ifMatch.Refuses(own.Version) is { } stale)
            return stale;
        var rules = await standings.RulesAsync(ct);
        if (Enum.GetValues<TeamKind>().Any(kind => rules.Of(kind).Any(rule => rule.Constituency == constituency))
            || await db.TeamMembers.AnyAsync(m => m.Constituencies.Contains(constituency), ct))
            return TeamErrors.ConstituencyInUse.ToConflict();

        audit.Record("teamConstituency.deleted", own.Id, null, new { own.Code });
        db.Remove(own);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
