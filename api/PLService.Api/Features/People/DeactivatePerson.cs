using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>
/// Shuts a person out: the next request of each of the person's sessions is refused, and nobody can sign in as the person. Roles and history stay,
/// the e-mail address is free for somebody else, and the person can be reactivated. No person can shut out somebody whose role allows more than
/// their own, nor the last one who administers the whole tenant.
/// </summary>
internal static class DeactivatePerson
{
    public static void Map(RouteGroupBuilder people) =>
        people.MapPost("/{id:guid}/deactivate", Handle)
            .UseCase(nameof(DeactivatePerson), "Deactivate a person")
            .RequireScope(Scopes.PeopleWrite)
            .Refuses(PersonErrors.NotYours, PersonErrors.AlreadyDeactivated, PersonErrors.BeyondYourReach, MembershipErrors.LastAdmin)
            .Example(response: PersonResponse.Sample with
            {
                Status = PersonStatus.Deactivated,
                DeactivatedAt = DateTimeOffset.Parse("2027-06-30T22:00:00Z", CultureInfo.InvariantCulture),
                Version = 2,
            });

    private static async Task<Results<Ok<PersonResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PersonDesk desk, RoleReach reach, LastAdmin lastAdmin, PersonSessions sessions, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        var (person, refused) = await desk.FindOwnAsync(id, ifMatch, ct);
        if (person is null)
            return refused!;
        if (!await reach.CanShutOutAsync(id, ct))
            return PersonErrors.BeyondYourReach.ToConflict();
        if (await lastAdmin.IsAsync(id, ct))
            return MembershipErrors.LastAdmin.ToConflict();
        if (person.Deactivate(clock.GetUtcNow()) is { } conflict)
            return conflict.ToConflict();

        // Access ends with the status; the sessions, so that they do not come back with it.
        await sessions.RevokeAllAsync(id, RevocationReason.Deactivated, ct);
        audit.Record("person.deactivated", id, person.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await PersonResponse.ReadAsync(db, id, ct));
    }
}
