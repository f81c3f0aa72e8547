using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>All outside ids of a person, the ended ones too, by system, the valid ones first. At most 20, so there is one page. Reading is put on record.</summary>
internal static class ListPersonIdentifiers
{
    public static void Map(RouteGroupBuilder people) =>
        people.MapGet("/{id:guid}/identifiers", Handle)
            .UseCase(nameof(ListPersonIdentifiers), "List a person's outside ids")
            .RequireScope(Scopes.PeopleRead)
            .Example(response: new Page<PersonIdentifierResponse>([PersonIdentifierResponse.Sample], null, null));

    private static async Task<Results<Ok<Page<PersonIdentifierResponse>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.ReachablePeople().Where(p => p.Id == id).Select(p => new { p.OrganizationId }).SingleOrDefaultAsync(ct) is not { } person)
            return Problems.NotFound("person");

        var identifiers = await db.PersonIdentifiers.Where(i => i.PersonId == id)
            .OrderBy(i => i.System).ThenBy(i => i.ValidTo != null).ThenByDescending(i => i.ValidTo).ThenBy(i => i.Value)
            .Select(PersonIdentifierResponse.From)
            .ToListAsync(ct);
        audit.Record("person.read", id, person.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new Page<PersonIdentifierResponse>(identifiers, null, null));
    }
}
