using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams;

/// <summary>Changes some of what is said of a team (JSON Merge Patch, RFC 7396): what is left out stays, null removes. A later <c>renewsOn</c> renews it.</summary>
internal static class PatchTeam
{
    public static void Map(RouteGroupBuilder teams) =>
        teams.MapPatch("/{id:guid}", Handle)
            .UseCase(nameof(PatchTeam), "Change a team")
            .RequireScope(Scopes.TeamsWrite)
            .TakesPatch<TeamContent>()
            .Refuses(TeamErrors.LeadOnly, TeamErrors.IsDissolved, TeamErrors.ExternalIdTaken)
            .Example(new { renewsOn = "2028-08-31" }, TeamResponse.Sample with { RenewsOn = new(2028, 8, 31), Version = 2 });

    private static async Task<Results<Ok<TeamResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, MergePatch<TeamContent> patch, IfMatch ifMatch, PLServiceDbContext db, TeamDesk desk, AuditTrail audit, CancellationToken ct)
    {
        var (team, refused) = await desk.FindActiveAsync(id, ct);
        if (team is null)
            return refused!;
        if (TeamDesk.Refuses(ifMatch, team) is { } stale)
            return stale;
        var (wanted, invalid) = patch.Apply(team.Content());
        if (wanted is null)
            return invalid!;

        team.Become(wanted);
        if (db.ChangeTracker.HasChanges())
            audit.Record("team.changed", id, team.OrganizationId, new { fields = db.ChangedMembersOf(team) });
        if (await db.TrySaveAsync(TeamErrors.ExternalIdTaken, ct) is { } taken)
            return taken.ToConflict();
        return TypedResults.Ok(await desk.AnswerAsync(team, ct));
    }
}
