using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.IdentityProviders;

/// <summary>
/// Unlinks a person from a login of an identity provider, within five seconds: for one that was linked to the wrong person, or that another now has.
/// Where the tenant lets verified addresses link, the next sign-in links it again to whoever has the address: change the address first. No person
/// unlinks somebody whose role allows more than their own.
/// </summary>
internal static class DeletePersonLogin
{
    public static void Map(RouteGroupBuilder person) =>
        person.MapDelete("/logins/{loginId:guid}", Handle)
            .UseCase(nameof(DeletePersonLogin), "Unlink a person from a login")
            .RequireScope(Scopes.PeopleWrite)
            .Refuses(PersonErrors.BeyondYourReach);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid loginId, RoleReach reach, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.OwnPeople().Where(p => p.Id == id).Select(p => new { p.OrganizationId }).SingleOrDefaultAsync(ct) is not { } person)
            return Problems.NotFound("person");
        if (await db.PersonLogins.SingleOrDefaultAsync(login => login.Id == loginId && login.PersonId == id, ct) is not { } login)
            return Problems.NotFound("login");
        if (!await reach.CanShutOutAsync(id, ct))
            return PersonErrors.BeyondYourReach.ToConflict();

        db.Remove(login);
        audit.Record("personLogin.unlinked", loginId, person.OrganizationId, new { personId = id, login.ProviderId });
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
