using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>What operations that change roles have in common.</summary>
internal sealed class MembershipDesk(PLServiceDbContext db, RoleReach reach, LastAdmin lastAdmin)
{
    /// <summary>The membership with its person, if the caller can change it at the version in If-Match; otherwise the refusal.</summary>
    public async Task<(Membership? Membership, JsonHttpResult<ApiProblem>? Refused)> FindAsync(Guid id, IfMatch ifMatch, CancellationToken ct)
    {
        if (await db.ReachableMemberships().SingleOrDefaultAsync(m => m.Id == id, ct) is not { } membership)
            return (null, Problems.NotFound("membership"));
        if (ifMatch.Refuses(membership.Version) is { } stale)
            return (null, stale);
        return await reach.CanGiveAsync(membership.Role, membership.OrganizationId, ct) ? (membership, null) : (null, MembershipErrors.BeyondYourReach.ToConflict());
    }

    /// <summary>Whether the role may be taken, at once or with a last day.</summary>
    public async Task<DomainError?> RefusesToTakeAsync(Membership membership, CancellationToken ct) =>
        membership is { Role: Role.AgencyAdmin, OrganizationId: null } && await lastAdmin.IsAsync(membership.PersonId, ct) ? MembershipErrors.LastAdmin : null;

    /// <summary>Counts the change as one of the person, who is read together with the roles.</summary>
    public async Task TouchPersonAsync(Guid personId, CancellationToken ct) => db.Touch(await db.People.SingleAsync(p => p.Id == personId, ct));
}
