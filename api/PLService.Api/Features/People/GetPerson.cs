using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>One person with outside ids and roles. Reading is put on record.</summary>
internal static class GetPerson
{
    public static void Map(RouteGroupBuilder people) =>
        people.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetPerson), "Read a person")
            .RequireScope(Scopes.PeopleRead)
            .Example(response: PersonResponse.Sample);

    private static async Task<Results<Ok<PersonResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.ReachablePeople().Where(p => p.Id == id).Select(PersonResponse.From(db)).SingleOrDefaultAsync(ct) is not { } found)
            return Problems.NotFound("person");

        audit.Record("person.read", found.Id, found.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(found);
    }
}
