using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>
/// The roles of a person in organizations that you reach, the oldest first, ended ones included. At most 100, so there is one page. Reading is put on
/// record.
/// </summary>
internal static class ListMembershipsOfPerson
{
    public static void Map(RouteGroupBuilder people) =>
        people.MapGet("/{id:guid}/memberships", Handle)
            .UseCase(nameof(ListMembershipsOfPerson), "List a person's roles")
            .WithTags("Memberships")
            .RequireScope(Scopes.PeopleRead)
            .Example(response: new Page<MembershipResponse>([MembershipResponse.Sample], null, null));

    private static async Task<Results<Ok<Page<MembershipResponse>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.ReachablePeople().Where(p => p.Id == id).Select(p => new { p.OrganizationId }).SingleOrDefaultAsync(ct) is not { } person)
            return Problems.NotFound("person");

        var memberships = await db.ReachableMemberships().Where(m => m.PersonId == id).OrderBy(m => m.Id).Select(MembershipResponse.From(db)).ToListAsync(ct);
        audit.Record("person.read", id, person.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new Page<MembershipResponse>(memberships, null, null));
    }
}
