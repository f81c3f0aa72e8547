using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Kinds;

/// <summary>The groups that members of teams can stand for: those that the service brings along, then the tenant's own, 200 at most.</summary>
internal static class ListTeamConstituencies
{
    /// <param name="Items">The constituencies.</param>
    internal sealed record Response(IReadOnlyList<TeamConstituencyResponse> Items);

    public static void Map(RouteGroupBuilder constituencies) =>
        constituencies.MapGet("/", Handle)
            .UseCase(nameof(ListTeamConstituencies), "List constituencies of teams")
            .RequireScope(Scopes.TeamsRead)
            .Example(response: new Response([TeamConstituencyResponse.Shipped, TeamConstituencyResponse.Sample]));

    private static async Task<Ok<Response>> Handle(PLServiceDbContext db, CancellationToken ct)
    {
        var own = await db.TeamConstituencies.AsNoTracking().OrderBy(c => c.Code).ToListAsync(ct);
        return TypedResults.Ok(new Response(
            [.. TeamConstituency.Shipped.Select(shipped => new TeamConstituencyResponse(shipped.Key, shipped.Value, true, 0)), .. own.Select(TeamConstituencyResponse.Of)]));
    }
}
