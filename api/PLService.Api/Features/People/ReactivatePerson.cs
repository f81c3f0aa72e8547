using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>
/// Lets a deactivated person in again, with the roles that the person had. Sessions do not come back. The e-mail address must not have become
/// somebody else's, and you must be able to give every role that comes back.
/// </summary>
internal static class ReactivatePerson
{
    public static void Map(RouteGroupBuilder people) =>
        people.MapPost("/{id:guid}/reactivate", Handle)
            .UseCase(nameof(ReactivatePerson), "Reactivate a person")
            .RequireScope(Scopes.PeopleWrite)
            .Refuses(PersonErrors.NotYours, PersonErrors.NotDeactivated, PersonErrors.EmailTaken, PersonErrors.BeyondYourReach)
            .Example(response: PersonResponse.Sample with { Version = 3 });

    private static async Task<Results<Ok<PersonResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PersonDesk desk, RoleReach reach, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var (person, refused) = await desk.FindOwnAsync(id, ifMatch, ct);
        if (person is null)
            return refused!;
        if (!await reach.CouldGiveRolesOfAsync(id, ct))
            return PersonErrors.BeyondYourReach.ToConflict();
        if (person.Reactivate() is { } conflict)
            return conflict.ToConflict();

        audit.Record("person.reactivated", id, person.OrganizationId);
        return await db.TrySaveAsync(PersonErrors.EmailTaken, ct) is { } taken ? taken.ToConflict() : TypedResults.Ok(await PersonResponse.ReadAsync(db, id, ct));
    }
}
