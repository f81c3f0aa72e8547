using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Invitations;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Invitations;

/// <summary>
/// Takes an invitation back, whoever sent it: its link opens nothing from now on. Only who could give the role can; whoever accepted has the role already,
/// which is taken as every role is.
/// </summary>
internal static class RevokeInvitation
{
    public static void Map(RouteGroupBuilder invitations) =>
        invitations.MapPost("/{id:guid}/revoke", Handle)
            .UseCase(nameof(RevokeInvitation), "Take an invitation back")
            .RequireScope(Scopes.PeopleWrite)
            .Refuses(InvitationErrors.BeyondYourReach, InvitationErrors.Accepted, InvitationErrors.Revoked)
            .Example(response: InvitationResponse.Sample with { Status = InvitationStatus.Revoked, RevokedAt = InvitationResponse.Sample.SentAt.AddHours(1), Version = 2 });

    private static async Task<Results<Ok<InvitationResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, RoleReach reach, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (await db.ReachableInvitations().SingleOrDefaultAsync(i => i.Id == id, ct) is not { } invitation)
            return Problems.NotFound("invitation");
        if (ifMatch.Refuses(invitation.Version) is { } stale)
            return stale;
        if (!await reach.CanGiveAsync(invitation.Role, invitation.OrganizationId, ct))
            return InvitationErrors.BeyondYourReach.ToConflict();
        if (invitation.Revoke(clock.GetUtcNow()) is { } refused)
            return refused.ToConflict();

        audit.Record("invitation.revoked", id, invitation.OrganizationId, new { invitation.PersonId });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await db.Invitations.Where(i => i.Id == id).Select(InvitationResponse.From(db, clock.GetUtcNow())).SingleAsync(ct));
    }
}
