using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>The person who has this outside id now; an id that was ended finds nobody. A slash in the id is sent as <c>%2F</c>. Reading is put on record.</summary>
internal static class GetPersonByIdentifier
{
    public static void Map(RouteGroupBuilder people) =>
        people.MapGet("/by-id/{system}/{value}", Handle)
            .UseCase(nameof(GetPersonByIdentifier), "Read a person by an outside id")
            .RequireScope(Scopes.PeopleRead)
            .Example(response: PersonResponse.Sample);

    private static async Task<Results<Ok<PersonResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string system, string value, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var people = db.ReachablePeople().WithOutsideId(db, OutsideId.FromPath(system, value));
        if (await people.Select(PersonResponse.From(db)).SingleOrDefaultAsync(ct) is not { } found)
            return Problems.NotFound("person");

        audit.Record("person.read", found.Id, found.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(found);
    }
}
