using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Members;

/// <summary>One member's term in a team.</summary>
internal static class GetTeamMember
{
    public static void Map(RouteGroupBuilder members) =>
        members.MapGet("/{memberId:guid}", Handle)
            .UseCase(nameof(GetTeamMember), "Read a member of a team")
            .RequireScope(Scopes.TeamsRead)
            .Example(response: TeamMemberResponse.Sample);

    private static async Task<Results<Ok<TeamMemberResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid memberId, PLServiceDbContext db, TeamDesk teams, CancellationToken ct) =>
        await teams.Readable().Where(t => t.Id == id).SelectMany(t => db.TeamMembers.Where(m => m.TeamId == t.Id && m.Id == memberId))
            .Select(TeamMemberResponse.From(db)).SingleOrDefaultAsync(ct) is { } member
            ? TypedResults.Ok(member)
            : Problems.NotFound("team_member");
}
