using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Kinds;

/// <summary>
/// Adds a constituency of the tenant's own, such as one bargaining unit of several, or renames it. If-Match is needed once it is there; those that the
/// service brings along stay as they are.
/// </summary>
internal static class PutTeamConstituency
{
    /// <param name="Name">What it is called, 100 characters at most.</param>
    public sealed record Request(string Name);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Name).NotEmpty().MaximumLength(TeamConstituency.NameMaxLength);
    }

    public static void Map(RouteGroupBuilder constituencies) =>
        constituencies.MapPut("/{constituency}", Handle)
            .UseCase(nameof(PutTeamConstituency), "Add or rename a constituency of teams")
            .RequireScope(Scopes.TenantWrite)
            .RequireWholeTenant()
            .Validate<Request>()
            .Refuses(TeamErrors.ConstituencyIsShipped, TeamErrors.TooManyConstituencies, TeamErrors.SetMeanwhile)
            .Example(new Request(TeamConstituencyResponse.Sample.Name), TeamConstituencyResponse.Sample);

    private static async Task<Results<Ok<TeamConstituencyResponse>, Created<TeamConstituencyResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string constituency, Request request, IfMatch? ifMatch, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (!TeamConstituency.IsCode(constituency))
            return Problems.Invalid("/", "value.pattern", "A code has 2 to 40 letters and digits, a small letter first: bargainingUnitNurses.");
        if (TeamConstituency.Shipped.ContainsKey(constituency))
            return TeamErrors.ConstituencyIsShipped.ToConflict();
        var own = await db.TeamConstituencies.SingleOrDefaultAsync(c => c.Code == constituency, ct);
        if ((own is null ? ifMatch!.RefusesAbsence() : ifMatch!.RefusesBlindness() ?? ifMatch.Refuses(own.Version)) is { } stale)
            return stale;

        var isNew = own is null;
        if (own is null)
        {
            if (await db.TeamConstituencies.CountAsync(ct) >= TeamConstituency.MaxPerTenant)
                return TeamErrors.TooManyConstituencies.ToConflict();
            db.Add(own = TeamConstituency.Create(constituency, request.Name));
        }

        own.Rename(request.Name);
        if (db.ChangeTracker.HasChanges())
            audit.Record(isNew ? "teamConstituency.created" : "teamConstituency.changed", own.Id, null, new { own.Code });
        if (await db.TrySaveAsync(TeamErrors.SetMeanwhile, ct) is { } meanwhile)
            return meanwhile.ToConflict();
        var answer = TeamConstituencyResponse.Of(own);
        return isNew ? TypedResults.Created($"/v1/team-constituencies/{constituency}", answer) : TypedResults.Ok(answer);
    }
}
