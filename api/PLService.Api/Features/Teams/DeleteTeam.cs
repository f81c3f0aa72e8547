using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams;

/// <summary>Removes a team that was founded by mistake, with its members. Once it has met or a plan names it, it is dissolved instead.</summary>
internal static class DeleteTeam
{
    public static void Map(RouteGroupBuilder teams) =>
        teams.MapDelete("/{id:guid}", Handle)
            .UseCase(nameof(DeleteTeam), "Delete an unused team")
            .RequireScope(Scopes.TeamsWrite)
            .Refuses(TeamErrors.LeadOnly, TeamErrors.InUse);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PLServiceDbContext db, TeamDesk desk, AuditTrail audit, CancellationToken ct)
    {
        var (team, refused) = await desk.FindAsync(id, ct);
        if (team is null)
            return refused!;
        if (TeamDesk.Refuses(ifMatch, team) is { } stale)
            return stale;

        audit.Record("team.deleted", id, team.OrganizationId);
        db.Remove(team);
        // The foreign keys know best what refers to it.
        return await db.TryRemoveAsync(TeamErrors.InUse, ct) is { } used ? used.ToConflict() : TypedResults.NoContent();
    }
}
