using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Members;

/// <summary>
/// Adds a member for a term: a person, or somebody who is no person of the service by name. They may stand for several constituencies. Who is
/// appointed once more gets a further term.
/// </summary>
internal static class AddTeamMember
{
    public static void Map(RouteGroupBuilder members) =>
        members.MapPost("/", Handle)
            .UseCase(nameof(AddTeamMember), "Add a member to a team")
            .RequireScope(Scopes.TeamsWrite)
            .Validate<TeamMemberContent>()
            .Refuses(TeamErrors.LeadOnly, TeamErrors.IsDissolved, TeamErrors.UnknownPerson, TeamErrors.TermsOverlap, TeamErrors.TooManyMembers)
            .Example(TeamMemberResponse.SampleContent, TeamMemberResponse.Sample);

    private static async Task<Results<Created<TeamMemberResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, TeamMemberContent request, PLServiceDbContext db, TeamDesk teams, MemberDesk desk, AuditTrail audit, CancellationToken ct)
    {
        var (team, refused) = await teams.FindActiveAsync(id, ct);
        if (team is null)
            return refused!;
        if (await desk.RefusesAsync(id, null, request, ct) is { } wrong)
            return wrong;
        if (await db.TeamMembers.CountAsync(m => m.TeamId == id, ct) >= TeamMember.MaxPerTeam)
            return TeamErrors.TooManyMembers.ToConflict();

        var member = TeamMember.Create(id, request);
        db.Add(member);
        audit.Record("teamMember.added", member.Id, team.OrganizationId, new { teamId = id, member.PersonId, member.Constituencies, member.StartsOn, member.EndsOn });
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/teams/{id}/members/{member.Id}", await TeamMemberResponse.ReadAsync(db, member.Id, ct));
    }
}
