using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.AccessRequests;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.AccessRequests;

/// <summary>Which requests the caller can decide: those for roles that they could give.</summary>
internal sealed class DecisionDesk(PLServiceDbContext db, RoleReach reach, Caller caller, TimeProvider clock)
{
    public IQueryable<AccessRequest> Decidable()
    {
        IQueryable<AccessRequest>? all = null;
        foreach (var (given, roles) in reach.Gives().Select(given => (given.Roots, given.Roles)))
        {
            var some = given is { } roots
                ? db.AccessRequests.Where(r => roles.Contains(r.Role) && db.OrganizationClosure.Any(c => roots.Contains(c.AncestorId) && c.DescendantId == r.OrganizationId))
                : db.AccessRequests.Where(r => roles.Contains(r.Role));
            all = all is null ? some : all.Union(some);
        }

        return all ?? db.AccessRequests.Where(r => false);
    }

    /// <summary>The request at the version in If-Match, its row locked: of two who decide at the same time the second sees what the first decided.</summary>
    public async Task<(AccessRequest? Request, JsonHttpResult<ApiProblem>? Refused)> HoldAsync(Guid id, IfMatch ifMatch, CancellationToken ct)
    {
        if (!await Decidable().AnyAsync(r => r.Id == id, ct))
            return (null, Problems.NotFound("access_request"));
        await db.Database.ExecuteSqlAsync($"select 1 from pls.access_request where tenant_id = {db.TenantId} and id = {id} for update", ct);
        // Whoever asked may have been deleted meanwhile, with all that was theirs.
        if (await db.AccessRequests.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } request)
            return (null, Problems.NotFound("access_request"));
        return ifMatch.Refuses(request.Version) is { } stale ? (null, stale) : (request, null);
    }

    public Decision Decide(string? note) => new(note, clock.GetUtcNow(), caller.PersonId, caller.ApiClientId);
}
