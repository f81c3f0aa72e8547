using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams;

/// <summary>A team that was dissolved takes its work up again, without a last day.</summary>
internal static class ReopenTeam
{
    public static void Map(RouteGroupBuilder teams) =>
        teams.MapPost("/{id:guid}/reopen", Handle)
            .UseCase(nameof(ReopenTeam), "Reopen a dissolved team")
            .RequireScope(Scopes.TeamsWrite)
            .Refuses(TeamErrors.LeadOnly, TeamErrors.NotDissolved)
            .Example(response: TeamResponse.Sample with { Version = 3 });

    private static async Task<Results<Ok<TeamResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PLServiceDbContext db, TeamDesk desk, AuditTrail audit, CancellationToken ct)
    {
        var (team, refused) = await desk.FindAsync(id, ct);
        if (team is null)
            return refused!;
        if (TeamDesk.Refuses(ifMatch, team) is { } stale)
            return stale;
        if (team.Reopen() is { } wrong)
            return wrong.ToConflict();

        audit.Record("team.reopened", id, team.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await desk.AnswerAsync(team, ct));
    }
}
