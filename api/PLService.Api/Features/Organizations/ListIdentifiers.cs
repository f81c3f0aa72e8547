using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Organizations;

/// <summary>All outside ids of an organization, the ended ones too, by system, the valid ones first. At most 50, so there is one page.</summary>
internal static class ListIdentifiers
{
    public static void Map(RouteGroupBuilder organizations) =>
        organizations.MapGet("/{id:guid}/identifiers", Handle)
            .UseCase(nameof(ListIdentifiers), "List an organization's outside ids")
            .RequireScope(Scopes.OrganizationsRead)
            .Example(response: new Page<IdentifierResponse>([IdentifierResponse.Sample], null, null));

    private static async Task<Results<Ok<Page<IdentifierResponse>>, JsonHttpResult<ApiProblem>>> Handle(Guid id, PLServiceDbContext db, CancellationToken ct)
    {
        if (!await db.ReachableOrganizations().AnyAsync(o => o.Id == id, ct))
            return Problems.NotFound("organization");

        var identifiers = await db.OrganizationIdentifiers.Where(i => i.OrganizationId == id)
            .OrderBy(i => i.System).ThenBy(i => i.ValidTo != null).ThenByDescending(i => i.ValidTo).ThenBy(i => i.Value)
            .Select(IdentifierResponse.From)
            .ToListAsync(ct);
        return TypedResults.Ok(new Page<IdentifierResponse>(identifiers, null, null));
    }
}
