using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams;

/// <summary>Ends a team's work. It stays to be read with its members and meetings; steps of plans that it saw to keep its name.</summary>
internal static class DissolveTeam
{
    /// <param name="LastDay">Its last day; today, in the organization's time zone, unless given.</param>
    public sealed record Request(DateOnly? LastDay = null);

    // Whether the day fits depends on the team's first one.
    public sealed class Validator : AbstractValidator<Request>;

    public static void Map(RouteGroupBuilder teams) =>
        teams.MapPost("/{id:guid}/dissolve", Handle)
            .UseCase(nameof(DissolveTeam), "Dissolve a team")
            .RequireScope(Scopes.TeamsWrite)
            .Validate<Request>()
            .Refuses(TeamErrors.LeadOnly, TeamErrors.AlreadyDissolved, TeamErrors.EndsBeforeStart)
            .Example(
                new Request(new DateOnly(2027, 6, 30)),
                TeamResponse.Sample with { Status = TeamStatus.Dissolved, EndsOn = new(2027, 6, 30), Unmet = [], EndingSoon = [], Renewal = TeamRenewal.None, Version = 2 });

    private static async Task<Results<Ok<TeamResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, PLServiceDbContext db, TeamDesk desk, AuditTrail audit, CancellationToken ct)
    {
        var (team, refused) = await desk.FindAsync(id, ct);
        if (team is null)
            return refused!;
        if (TeamDesk.Refuses(ifMatch, team) is { } stale)
            return stale;
        if (team.Dissolve(request.LastDay ?? await desk.TodayAsync(team, ct)) is { } wrong)
            return wrong.ToConflict();

        audit.Record("team.dissolved", id, team.OrganizationId, new { team.EndsOn });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await desk.AnswerAsync(team, ct));
    }
}
