using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams;

/// <summary>Founds a team of an organization. Its members are added one by one; until it has those that its kind demands, it says what is missing.</summary>
internal static class CreateTeam
{
    /// <summary>A new team.</summary>
    internal sealed record Request : TeamContent
    {
        /// <summary>Whose team it is.</summary>
        public required Guid OrganizationId { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => Include(new TeamContentValidator());
    }

    public static void Map(RouteGroupBuilder teams) =>
        teams.MapPost("/", Handle)
            .UseCase(nameof(CreateTeam), "Found a team")
            .RequireScope(Scopes.TeamsWrite)
            .Validate<Request>()
            .Refuses(TeamErrors.UnknownOrganization, TeamErrors.OrganizationIsClosed, TeamErrors.ExternalIdTaken)
            .Example(
                new Request
                {
                    OrganizationId = TeamSamples.Organization,
                    Kind = TeamKind.Pdec,
                    Name = TeamResponse.SampleContent.Name,
                    Purpose = TeamResponse.SampleContent.Purpose,
                    Commitments = TeamResponse.SampleContent.Commitments,
                    RenewsOn = TeamResponse.SampleContent.RenewsOn,
                    StartsOn = TeamResponse.SampleContent.StartsOn,
                },
                TeamResponse.Sample);

    private static async Task<Results<Created<TeamResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, PLServiceDbContext db, TeamDesk desk, AuditTrail audit, CancellationToken ct)
    {
        if (await db.ReachableOrganizations().Where(o => o.Id == request.OrganizationId).Select(o => new { o.Status }).SingleOrDefaultAsync(ct) is not { } organization)
            return TeamErrors.UnknownOrganization.ToConflict();
        if (organization.Status is OrganizationStatus.Closed)
            return TeamErrors.OrganizationIsClosed.ToConflict();

        var team = Team.Create(request.OrganizationId, request);
        db.Add(team);
        audit.Record("team.created", team.Id, team.OrganizationId, new { kind = EnumText.Of(team.Kind) });
        if (await db.TrySaveAsync(TeamErrors.ExternalIdTaken, ct) is { } taken)
            return taken.ToConflict();
        return TypedResults.Created($"/v1/teams/{team.Id}", await desk.AnswerAsync(team, ct));
    }
}
