using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>
/// Removes a person who was never used, entered by mistake for example, with outside ids and roles. Whoever has done something or has a way to sign
/// in is deactivated instead. You must be able to end every role that goes.
/// </summary>
internal static class DeletePerson
{
    public static void Map(RouteGroupBuilder people) =>
        people.MapDelete("/{id:guid}", Handle)
            .UseCase(nameof(DeletePerson), "Delete a person who was never used")
            .RequireScope(Scopes.PeopleWrite)
            .Refuses(PersonErrors.NotYours, PersonErrors.InUse, PersonErrors.BeyondYourReach, MembershipErrors.LastAdmin);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PersonDesk desk, RoleReach reach, LastAdmin lastAdmin, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var (person, refused) = await desk.FindOwnAsync(id, ifMatch, ct);
        if (person is null)
            return refused!;
        if (await db.AuditEvents.AnyAsync(e => e.PersonId == id, ct))
            return PersonErrors.InUse.ToConflict();
        if (!await reach.CouldGiveRolesOfAsync(id, ct))
            return PersonErrors.BeyondYourReach.ToConflict();
        if (await lastAdmin.IsAsync(id, ct))
            return MembershipErrors.LastAdmin.ToConflict();

        var identifiers = await db.PersonIdentifiers.Where(i => i.PersonId == id)
            .OrderBy(i => i.System).ThenBy(i => i.Value).Select(i => new OutsideId(i.System, i.Value)).ToListAsync(ct);
        // The change feed gives the outside ids on.
        audit.Record("person.deleted", id, person.OrganizationId, new { identifiers });
        db.Remove(person);
        // The foreign keys know best what else there is of the person: ways to sign in, invitations, sessions.
        return await db.TryRemoveAsync(PersonErrors.InUse, ct) is { } used ? used.ToConflict() : TypedResults.NoContent();
    }
}
