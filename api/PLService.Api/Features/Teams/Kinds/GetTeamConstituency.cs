using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Kinds;

/// <summary>One group that members of teams can stand for.</summary>
internal static class GetTeamConstituency
{
    public static void Map(RouteGroupBuilder constituencies) =>
        constituencies.MapGet("/{constituency}", Handle)
            .UseCase(nameof(GetTeamConstituency), "Read a constituency of teams")
            .RequireScope(Scopes.TeamsRead)
            .Example(response: TeamConstituencyResponse.Sample);

    private static async Task<Results<Ok<TeamConstituencyResponse>, JsonHttpResult<ApiProblem>>> Handle(string constituency, PLServiceDbContext db, CancellationToken ct)
    {
        if (TeamConstituencyResponse.OfShipped(constituency) is { } shipped)
            return TypedResults.Ok(shipped);
        return await db.TeamConstituencies.AsNoTracking().SingleOrDefaultAsync(c => c.Code == constituency, ct) is { } own
            ? TypedResults.Ok(TeamConstituencyResponse.Of(own))
            : Problems.NotFound("team_constituency");
    }
}
