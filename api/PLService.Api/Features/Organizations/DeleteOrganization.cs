using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Organizations;

namespace PLService.Api.Features.Organizations;

/// <summary>Removes an organization that was never used, with its outside ids. One that has a history is closed instead.</summary>
internal static class DeleteOrganization
{
    public static void Map(RouteGroupBuilder organizations) =>
        organizations.MapDelete("/{id:guid}", Handle)
            .UseCase(nameof(DeleteOrganization), "Delete an unused organization")
            .RequireScope(Scopes.OrganizationsWrite)
            .Refuses(OrganizationErrors.InUse);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        await db.LockOrganizationTreeAsync(ct);
        if (await db.ReachableOrganizations().SingleOrDefaultAsync(o => o.Id == id, ct) is not { } organization)
            return Problems.NotFound("organization");
        if (ifMatch.Refuses(organization.Version) is { } stale)
            return stale;

        var identifiers = await db.OrganizationIdentifiers.Where(i => i.OrganizationId == id)
            .OrderBy(i => i.System).ThenBy(i => i.Value).Select(i => new OutsideId(i.System, i.Value)).ToListAsync(ct);
        // It concerns the parent: nobody reaches the organization itself any more. The change feed gives the outside ids on.
        audit.Record("organization.deleted", id, organization.ParentId, new { organization.Name, organization.Kind, identifiers });
        db.Remove(organization);
        // The foreign keys know best what still refers to it.
        return await db.TryRemoveAsync(OrganizationErrors.InUse, ct) is { } used ? used.ToConflict() : TypedResults.NoContent();
    }
}
