using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Organizations;

/// <summary>Takes the closing of an organization back: closing date and successor are forgotten.</summary>
internal static class ReopenOrganization
{
    public static void Map(RouteGroupBuilder organizations) =>
        organizations.MapPost("/{id:guid}/reopen", Handle)
            .UseCase(nameof(ReopenOrganization), "Reopen a closed organization")
            .RequireScope(Scopes.OrganizationsWrite)
            .Refuses(OrganizationErrors.NotClosed)
            .Example(response: OrganizationResponse.Sample with { Version = 3 });

    private static async Task<Results<Ok<OrganizationResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.ReachableOrganizations().SingleOrDefaultAsync(o => o.Id == id, ct) is not { } organization)
            return Problems.NotFound("organization");
        if (ifMatch.Refuses(organization.Version) is { } stale)
            return stale;
        if (organization.Reopen() is { } refused)
            return refused.ToConflict();

        audit.Record("organization.reopened", id, id);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await OrganizationResponse.ReadAsync(db, id, ct));
    }
}
