using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Invitations;

/// <summary>One invitation, as it stands now. Its link is shown to nobody. Reading is put on record.</summary>
internal static class GetInvitation
{
    public static void Map(RouteGroupBuilder invitations) =>
        invitations.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetInvitation), "Read an invitation")
            .RequireScope(Scopes.PeopleRead)
            .Example(response: InvitationResponse.Sample);

    private static async Task<Results<Ok<InvitationResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (await db.ReachableInvitations().Where(i => i.Id == id).Select(InvitationResponse.From(db, clock.GetUtcNow())).SingleOrDefaultAsync(ct) is not { } found)
            return Problems.NotFound("invitation");

        audit.Record("invitation.read", id, found.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(found);
    }
}
