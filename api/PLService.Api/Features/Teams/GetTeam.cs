using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.Teams;

/// <summary>
/// A team, and how it stands today: rules of its kind that it does not meet, terms that end soon, whether its renewal is due. Its ETag changes with
/// that as well; a change takes the tag as it is, and is refused only when the team itself was changed.
/// </summary>
internal static class GetTeam
{
    public static void Map(RouteGroupBuilder teams) =>
        teams.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetTeam), "Read a team")
            .RequireScope(Scopes.TeamsRead)
            .Example(response: TeamResponse.Sample);

    private static async Task<Results<Ok<TeamResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, TeamDesk desk, CancellationToken ct) =>
        await desk.Readable().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, ct) is { } team
            ? TypedResults.Ok(await desk.AnswerAsync(team, ct))
            : Problems.NotFound("team");
}
