using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Invitations;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Invitations;

/// <summary>Invitations to roles in the organizations that you reach, the newest first; narrowed by any of the filters together. Reading is put on record.</summary>
internal static class ListInvitations
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only those that stand there now.</summary>
        public InvitationStatus? Status { get; init; }

        /// <summary>Only to roles in exactly this organization.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>Only of this person.</summary>
        public Guid? PersonId { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 1) => RuleFor(request => request.Status).IsInEnum();
    }

    public static void Map(RouteGroupBuilder invitations) =>
        invitations.MapQuery("/", Handle)
            .UseCase(nameof(ListInvitations), "List invitations")
            .RequireScope(Scopes.PeopleRead)
            .Validate<Request>()
            .Example(response: new Page<InvitationResponse>([InvitationResponse.Sample], null, null));

    private static async Task<Ok<Page<InvitationResponse>>> Handle(
        [AsParameters] Request request, PLServiceDbContext db, Caller caller, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var found = request.Status switch
        {
            InvitationStatus.Pending => db.ReachableInvitations().Where(i => i.Status == InvitationStatus.Pending && i.ExpiresAt > now),
            InvitationStatus.Expired => db.ReachableInvitations().Where(i => i.Status == InvitationStatus.Pending && i.ExpiresAt <= now),
            { } status => db.ReachableInvitations().Where(i => i.Status == status),
            null => db.ReachableInvitations(),
        };
        if (request.OrganizationId is { } organization)
            found = found.Where(i => i.OrganizationId == organization);
        if (request.PersonId is { } person)
            found = found.Where(i => i.PersonId == person);

        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(i => i.Id < last);
        var fetched = await found.OrderByDescending(i => i.Id).Take(request.Take + 1).Select(InvitationResponse.From(db, now)).ToListAsync(ct);
        var page = Page.Of(fetched, request.Take, i => [i.Id.ToString()], count);
        if (page.Items.Count > 0)
        {
            var place = request.OrganizationId ?? caller.OnlyRoot;
            audit.Record("invitation.listed", request.PersonId ?? place ?? caller.TenantId, place, new { invitations = page.Items.Count });
            await db.SaveChangesAsync(ct);
        }

        return TypedResults.Ok(page);
    }
}
