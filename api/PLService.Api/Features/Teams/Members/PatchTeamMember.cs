using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Members;

/// <summary>
/// Changes some of what is said of a member (JSON Merge Patch, RFC 7396): what is left out stays, null removes. Somebody who was there by name becomes
/// a person with <c>personId</c> and <c>name</c> null; another person is another member.
/// </summary>
internal static class PatchTeamMember
{
    public static void Map(RouteGroupBuilder members) =>
        members.MapPatch("/{memberId:guid}", Handle)
            .UseCase(nameof(PatchTeamMember), "Change a member of a team")
            .RequireScope(Scopes.TeamsWrite)
            .TakesPatch<TeamMemberContent>()
            .Refuses(TeamErrors.LeadOnly, TeamErrors.IsDissolved, TeamErrors.OtherPerson, TeamErrors.UnknownPerson, TeamErrors.TermsOverlap)
            .Example(new { role = "note taker" }, TeamMemberResponse.Sample with { Role = "note taker", Version = 2 });

    private static async Task<Results<Ok<TeamMemberResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid memberId, MergePatch<TeamMemberContent> patch, IfMatch ifMatch, PLServiceDbContext db, MemberDesk desk, AuditTrail audit, CancellationToken ct)
    {
        var (team, member, refused) = await desk.FindAsync(id, memberId, ifMatch, ct);
        if (team is null || member is null)
            return refused!;
        var (wanted, invalid) = patch.Apply(member.Content());
        if (wanted is null)
            return invalid!;
        if (await desk.RefusesAsync(id, member, wanted, ct) is { } wrong)
            return wrong;
        if (member.Change(wanted) is { } conflict)
            return conflict.ToConflict();

        if (db.ChangeTracker.HasChanges())
            audit.Record("teamMember.changed", memberId, team.OrganizationId, new { teamId = id, fields = db.ChangedMembersOf(member) });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await TeamMemberResponse.ReadAsync(db, memberId, ct));
    }
}
