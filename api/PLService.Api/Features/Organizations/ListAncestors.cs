using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Organizations;

/// <summary>The organizations above one, the topmost first and never above what the token reaches. At most 11, so there is one page.</summary>
internal static class ListAncestors
{
    public static void Map(RouteGroupBuilder organizations) =>
        organizations.MapGet("/{id:guid}/ancestors", Handle)
            .UseCase(nameof(ListAncestors), "List the organizations above one")
            .RequireScope(Scopes.OrganizationsRead)
            .Example(response: new Page<OrganizationResponse>([OrganizationResponse.Sample], null, null));

    private static async Task<Results<Ok<Page<OrganizationResponse>>, JsonHttpResult<ApiProblem>>> Handle(Guid id, PLServiceDbContext db, CancellationToken ct)
    {
        if (!await db.ReachableOrganizations().AnyAsync(o => o.Id == id, ct))
            return Problems.NotFound("organization");

        var above = await db.OrganizationClosure.Where(c => c.DescendantId == id && c.Depth > 0)
            .Join(db.ReachableOrganizations(), c => c.AncestorId, o => o.Id, (c, o) => new { c.Depth, Organization = o })
            .OrderByDescending(row => row.Depth)
            .Select(row => row.Organization)
            .Select(OrganizationResponse.From(db))
            .ToListAsync(ct);
        return TypedResults.Ok(new Page<OrganizationResponse>(above, null, null));
    }
}
