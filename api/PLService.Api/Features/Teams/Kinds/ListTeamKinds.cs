using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence.Teams;

namespace PLService.Api.Features.Teams.Kinds;

/// <summary>The kinds of teams that there are, each with what it has to be made up of.</summary>
internal static class ListTeamKinds
{
    /// <param name="Items">The kinds.</param>
    internal sealed record Response(IReadOnlyList<TeamKindResponse> Items);

    public static void Map(RouteGroupBuilder kinds) =>
        kinds.MapGet("/", Handle)
            .UseCase(nameof(ListTeamKinds), "List kinds of teams")
            .RequireScope(Scopes.TeamsRead)
            .Example(response: new Response([TeamKindResponse.Sample]));

    private static async Task<Ok<Response>> Handle(TeamStandings standings, CancellationToken ct)
    {
        var rules = await standings.RulesAsync(ct);
        return TypedResults.Ok(new Response([.. Enum.GetValues<TeamKind>().Select(kind => TeamKindResponse.Of(kind, rules))]));
    }
}
