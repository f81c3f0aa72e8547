using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Support;

/// <summary>One support access that was granted.</summary>
internal static class GetSupportGrant
{
    public static void Map(RouteGroupBuilder grants) =>
        grants.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetSupportGrant), "Read a support access")
            .RequireScope(Scopes.TenantRead)
            .RequireWholeTenant()
            .Example(response: SupportGrantResponse.Sample);

    private static async Task<Results<Ok<SupportGrantResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, PLServiceDbContext db, CancellationToken ct) =>
        await db.SupportGrants.Where(grant => grant.Id == id).Select(SupportGrantResponse.From).SingleOrDefaultAsync(ct) is { } found
            ? TypedResults.Ok(found)
            : Problems.NotFound("support_grant");
}
