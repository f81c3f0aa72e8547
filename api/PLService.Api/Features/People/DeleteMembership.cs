using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>
/// Takes a role from a person, with the person's next request. Only who could give it can take it; the last person who administers the whole tenant
/// keeps that role, unless a machine takes it.
/// </summary>
internal static class DeleteMembership
{
    public static void Map(RouteGroupBuilder memberships) =>
        memberships.MapDelete("/{id:guid}", Handle)
            .UseCase(nameof(DeleteMembership), "Take a role from a person")
            .RequireScope(Scopes.PeopleWrite)
            .Refuses(MembershipErrors.BeyondYourReach, MembershipErrors.LastAdmin);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, MembershipDesk desk, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var (membership, refused) = await desk.FindAsync(id, ifMatch, ct);
        if (membership is null)
            return refused!;
        if (await desk.RefusesToTakeAsync(membership, ct) is { } last)
            return last.ToConflict();

        await desk.TouchPersonAsync(membership.PersonId, ct);
        audit.Record("membership.deleted", id, membership.OrganizationId, new { membership.PersonId, Role = EnumText.Of(membership.Role) });
        db.Remove(membership);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
