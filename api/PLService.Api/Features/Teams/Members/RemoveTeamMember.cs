using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Members;

/// <summary>Removes a member who was added by mistake. The term of somebody who was present at meetings is ended instead.</summary>
internal static class RemoveTeamMember
{
    public static void Map(RouteGroupBuilder members) =>
        members.MapDelete("/{memberId:guid}", Handle)
            .UseCase(nameof(RemoveTeamMember), "Remove a member who never took part")
            .RequireScope(Scopes.TeamsWrite)
            .Refuses(TeamErrors.LeadOnly, TeamErrors.IsDissolved, TeamErrors.MemberInUse);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid memberId, IfMatch ifMatch, PLServiceDbContext db, MemberDesk desk, AuditTrail audit, CancellationToken ct)
    {
        var (team, member, refused) = await desk.FindAsync(id, memberId, ifMatch, ct);
        if (team is null || member is null)
            return refused!;

        audit.Record("teamMember.removed", memberId, team.OrganizationId, new { teamId = id, member.PersonId });
        db.Remove(member);
        return await db.TryRemoveAsync(TeamErrors.MemberInUse, ct) is { } used ? used.ToConflict() : TypedResults.NoContent();
    }
}
