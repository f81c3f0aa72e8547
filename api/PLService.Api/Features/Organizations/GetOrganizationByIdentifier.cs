using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Organizations;

/// <summary>The organization that has this outside id now; an id that was ended finds nothing. A slash in the id is sent as <c>%2F</c>.</summary>
internal static class GetOrganizationByIdentifier
{
    public static void Map(RouteGroupBuilder organizations) =>
        organizations.MapGet("/by-id/{system}/{value}", Handle)
            .UseCase(nameof(GetOrganizationByIdentifier), "Read an organization by its outside id")
            .RequireScope(Scopes.OrganizationsRead)
            .Example(response: OrganizationResponse.Sample);

    private static async Task<Results<Ok<OrganizationResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string system, string value, PLServiceDbContext db, CancellationToken ct) =>
        await db.ReachableOrganizations().WithOutsideId(db, OutsideId.FromPath(system, value)).Select(OrganizationResponse.From(db)).SingleOrDefaultAsync(ct)
            is { } found
            ? TypedResults.Ok(found)
            : Problems.NotFound("organization");
}
