using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Invitations;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Invitations;

/// <summary>
/// Sends an invitation again that was not accepted yet, expired ones too, 5 times a day at most. It gets a new link each time, for of the old one only a
/// hash was kept; the old one loses its force. You must be able to give the role.
/// </summary>
internal static class ResendInvitation
{
    /// <param name="Deliver">How the link reaches the person; as the last time unless given.</param>
    /// <param name="ExpiresAt">Until when the person can accept, 90 days from now at most; 14 days unless given.</param>
    public sealed record Request(InvitationDelivery? Deliver = null, DateTimeOffset? ExpiresAt = null);

    /// <param name="Invitation">The invitation as it is now.</param>
    /// <param name="Link">With <c>deliver=link</c>: what to hand over to the person. It is a secret, and never shown again.</param>
    public sealed record Response(InvitationResponse Invitation, string? Link);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Deliver).IsInEnum();
    }

    public static void Map(RouteGroupBuilder invitations) =>
        invitations.MapPost("/{id:guid}/resend", Handle)
            .UseCase(nameof(ResendInvitation), "Send an invitation again")
            .RequireScope(Scopes.PeopleWrite)
            .Validate<Request>()
            .NotRepeatable()
            .Refuses(
                InvitationErrors.BeyondYourReach, InvitationErrors.Accepted, InvitationErrors.Revoked, InvitationErrors.SentTooOften, InvitationErrors.PersonDeactivated,
                InvitationErrors.OrganizationClosed, InvitationErrors.NoEmail)
            .Example(new Request(), new Response(InvitationResponse.Sample with { Version = 2 }, null));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, InvitationDesk desk, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (desk.ExpiryOf(request.ExpiresAt) is not { } expires)
            return InvitationFaults.BadExpiry.ToFault("/expiresAt");
        if (await db.ReachableInvitations().SingleOrDefaultAsync(i => i.Id == id, ct) is not { } invitation)
            return Problems.NotFound("invitation");
        if (ifMatch.Refuses(invitation.Version) is { } stale)
            return stale;

        var delivery = request.Deliver ?? invitation.Delivery;
        var (link, refused) = await desk.ResendAsync(invitation, delivery, expires, ct);
        if (refused is not null)
            return refused.ToConflict();

        audit.Record("invitation.resent", id, invitation.OrganizationId, new { invitation.PersonId, deliver = EnumText.Of(delivery) });
        await db.SaveChangesAsync(ct);
        var now = await db.Invitations.Where(i => i.Id == id).Select(InvitationResponse.From(db, clock.GetUtcNow())).SingleAsync(ct);
        return TypedResults.Ok(new Response(now, delivery is InvitationDelivery.Link ? link!.AbsoluteUri : null));
    }
}
