using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.AccessRequests;

/// <summary>A request that you can decide. Reading is put on record.</summary>
internal static class GetAccessRequest
{
    public static void Map(RouteGroupBuilder requests) =>
        requests.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetAccessRequest), "Read a request for a role")
            .RequireScope(Scopes.PeopleRead)
            .Example(response: AccessRequestResponse.Sample);

    private static async Task<Results<Ok<AccessRequestResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, DecisionDesk desk, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await desk.Decidable().Where(r => r.Id == id).Select(AccessRequestResponse.From(db)).SingleOrDefaultAsync(ct) is not { } found)
            return Problems.NotFound("access_request");

        audit.Record("accessRequest.read", id, found.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(found);
    }
}
