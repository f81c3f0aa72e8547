using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Plans;
using PLService.Api.Persistence.Teams;

namespace PLService.Api.Features.Due;

/// <summary>Says what of the due things the caller may see.</summary>
internal sealed class DueDesk(PLServiceDbContext db, Caller caller, TeamMembership teams, TimeProvider clock)
{
    /// <summary>What is asked for, or why it is not told.</summary>
    public async Task<(DueQuery? Query, JsonHttpResult<ApiProblem>? Refused)> QueryAsync(ListDue.Request request, DueQuery days, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var isWide = request.OrganizationId is null;
        if (request.OrganizationId is { } within)
        {
            if (await db.ReachableOrganizations().Where(o => o.Id == within).Select(o => new { o.ParentId }).SingleOrDefaultAsync(ct) is not { } found)
                return (null, Problems.NotFound("organization"));
            isWide = found.ParentId is null;
        }

        // What is one's own needs no reach: it was given to the person, or to a team that the person is in.
        var own = request.PersonId ?? (request is { TeamId: null, OrganizationId: null } ? caller.PersonId : null);
        if (own is { } me && me == caller.PersonId)
            return (days with { People = new Dictionary<Guid, DateOnly> { [me] = today }, WithinId = request.OrganizationId }, null);
        if (request.TeamId is { } team)
        {
            if (!await db.ReachableTeams(teams.EarliestToday).AnyAsync(t => t.Id == team, ct))
                return (null, Problems.NotFound("team"));
            if (caller.PersonId is { } member && await teams.IncludesAsync(team, member, ct))
                return (days with { TeamId = team, WithinId = request.OrganizationId }, null);
        }

        if (request.PersonId is { } person && !await db.ReachablePeople().AnyAsync(p => p.Id == person, ct))
            return (null, Problems.NotFound("person"));
        var (roots, leads) = Led();
        if (!leads)
            return (null, DueErrors.LeadersOnly.ToConflict());
        if (request.OrganizationId is { } place && roots is not null
            && !await db.OrganizationClosure.AnyAsync(c => roots.Contains(c.AncestorId) && c.DescendantId == place, ct))
            return (null, DueErrors.LeadersOnly.ToConflict());
        return (days with
        {
            People = request.PersonId is { } whose ? new Dictionary<Guid, DateOnly> { [whose] = today } : null,
            TeamId = request.TeamId,
            WithinId = request.OrganizationId,
            Roots = roots,
            IsWide = isWide && (roots is null || request.OrganizationId is not null),
        }, null);
    }

    /// <summary>The roots of where the caller leads; null is the whole tenant.</summary>
    private (Guid[]? Roots, bool Leads) Led()
    {
        if (caller.PersonId is null)
            return (caller.Roots, caller.ApiClientId is not null);
        var leading = Roles.Leading(Scopes.PlansWrite);
        var led = (caller.Grants ?? []).Where(grant => leading.Contains(grant.Role)).Select(grant => grant.OrganizationId).Distinct().ToList();
        return led.Contains(null) ? (null, true) : ([.. led.OfType<Guid>()], led.Count > 0);
    }
}
