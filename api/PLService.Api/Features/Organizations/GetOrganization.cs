using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Organizations;

/// <summary>One organization with its outside ids.</summary>
internal static class GetOrganization
{
    public static void Map(RouteGroupBuilder organizations) =>
        organizations.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetOrganization), "Read an organization")
            .RequireScope(Scopes.OrganizationsRead)
            .Example(response: OrganizationResponse.Sample);

    private static async Task<Results<Ok<OrganizationResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, PLServiceDbContext db, CancellationToken ct) =>
        await db.ReachableOrganizations().Where(o => o.Id == id).Select(OrganizationResponse.From(db)).SingleOrDefaultAsync(ct) is { } found
            ? TypedResults.Ok(found)
            : Problems.NotFound("organization");
}
