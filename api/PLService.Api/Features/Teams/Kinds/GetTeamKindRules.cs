using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence.Teams;

namespace PLService.Api.Features.Teams.Kinds;

/// <summary>What teams of a kind have to be made up of: as the tenant has set it, or else as the service brings it along.</summary>
internal static class GetTeamKindRules
{
    public static void Map(RouteGroupBuilder kinds) =>
        kinds.MapGet("/{kind}/rules", Handle)
            .UseCase(nameof(GetTeamKindRules), "Read the rules for a kind of team")
            .RequireScope(Scopes.TeamsRead)
            .Example(response: TeamKindResponse.Sample);

    private static async Task<Results<Ok<TeamKindResponse>, JsonHttpResult<ApiProblem>>> Handle(string kind, TeamStandings standings, CancellationToken ct) =>
        TeamKindResponse.Named(kind) is { } named ? TypedResults.Ok(TeamKindResponse.Of(named, await standings.RulesAsync(ct))) : Problems.NotFound("team_kind");
}
