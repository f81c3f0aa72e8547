using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>One role of one person. Reading is put on record.</summary>
internal static class GetMembership
{
    public static void Map(RouteGroupBuilder memberships) =>
        memberships.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetMembership), "Read a role of a person")
            .RequireScope(Scopes.PeopleRead)
            .Example(response: MembershipResponse.Sample);

    private static async Task<Results<Ok<MembershipResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.ReachableMemberships().Where(m => m.Id == id).Select(MembershipResponse.From(db)).SingleOrDefaultAsync(ct) is not { } found)
            return Problems.NotFound("membership");

        audit.Record("membership.read", id, found.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(found);
    }
}
