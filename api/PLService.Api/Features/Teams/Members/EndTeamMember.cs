using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Members;

/// <summary>Ends a member's term. From the day after it counts no more: what the team's kind demands is looked at without it.</summary>
internal static class EndTeamMember
{
    /// <param name="LastDay">Last day of the term; today, in the organization's time zone, unless given.</param>
    public sealed record Request(DateOnly? LastDay = null);

    // Whether the day fits depends on the term's first one.
    public sealed class Validator : AbstractValidator<Request>;

    public static void Map(RouteGroupBuilder members) =>
        members.MapPost("/{memberId:guid}/end", Handle)
            .UseCase(nameof(EndTeamMember), "End a member's term in a team")
            .RequireScope(Scopes.TeamsWrite)
            .Validate<Request>()
            .Refuses(TeamErrors.LeadOnly, TeamErrors.IsDissolved, TeamErrors.TermIsOver, TeamErrors.TermEndsBeforeStart)
            .Example(new Request(new DateOnly(2027, 6, 30)), TeamMemberResponse.Sample with { EndsOn = new(2027, 6, 30), Version = 2 });

    private static async Task<Results<Ok<TeamMemberResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid memberId, Request request, IfMatch ifMatch, PLServiceDbContext db, TeamDesk teams, MemberDesk desk, AuditTrail audit, CancellationToken ct)
    {
        var (team, member, refused) = await desk.FindAsync(id, memberId, ifMatch, ct);
        if (team is null || member is null)
            return refused!;
        if (member.End(request.LastDay ?? await teams.TodayAsync(team, ct)) is { } wrong)
            return wrong.ToConflict();

        audit.Record("teamMember.ended", memberId, team.OrganizationId, new { teamId = id, member.PersonId, member.EndsOn });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await TeamMemberResponse.ReadAsync(db, memberId, ct));
    }
}
