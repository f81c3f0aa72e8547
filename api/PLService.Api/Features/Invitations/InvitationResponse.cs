using System.Globalization;
using System.Linq.Expressions;
using PLService.Api.Domain;
using PLService.Api.Domain.Invitations;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Invitations;

/// <summary>Somebody is asked to take a role.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="PersonId">Who is invited.</param>
/// <param name="PersonName">The person's name; null where you cannot see the person.</param>
/// <param name="Email">The address as whoever invited wrote it.</param>
/// <param name="Role">The role.</param>
/// <param name="OrganizationId">Where, with everything below; null is the whole tenant.</param>
/// <param name="OrganizationName">Its name.</param>
/// <param name="StartsOn">The first day of the role; null is from acceptance on.</param>
/// <param name="EndsOn">The last day of the role; null is for good.</param>
/// <param name="Note">What was written to the person.</param>
/// <param name="Status">Where it stands now.</param>
/// <param name="Delivery">How its link went to the person the last time.</param>
/// <param name="InvitedByPersonId">The person who sent it the last time; null when it was a machine.</param>
/// <param name="SentAt">When its link was made.</param>
/// <param name="ExpiresAt">Until when it can be accepted.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="RevokedAt">When it was taken back.</param>
/// <param name="CreatedAt">When it was first sent.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
public sealed record InvitationResponse(
    Guid Id,
    Guid PersonId,
    string? PersonName,
    string Email,
    Role Role,
    Guid? OrganizationId,
    string? OrganizationName,
    DateOnly? StartsOn,
    DateOnly? EndsOn,
    string? Note,
    InvitationStatus Status,
    InvitationDelivery Delivery,
    Guid? InvitedByPersonId,
    DateTimeOffset SentAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? AcceptedAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version) : IVersioned
{
    private static readonly DateTimeOffset SampleTime = DateTimeOffset.Parse("2026-09-01T15:00:00Z", CultureInfo.InvariantCulture);

    internal static readonly InvitationResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000320"), Guid.Parse("01a2b3c4-0000-7000-8000-000000000300"), "Ada Moreno", "ada.moreno@example.org", Role.Facilitator,
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000010"), "Cedar Valley School District", null, null, "Welcome aboard.", InvitationStatus.Pending, InvitationDelivery.Mail,
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000301"), SampleTime, SampleTime.AddDays(Invitation.DefaultDays), null, null, SampleTime, SampleTime, 1);

    /// <summary>The projection that every read uses: one query, names included.</summary>
    internal static Expression<Func<Invitation, InvitationResponse>> From(PLServiceDbContext db, DateTimeOffset now)
    {
        var visible = db.ReachablePeople();
        return i => new InvitationResponse(
            i.Id, i.PersonId, visible.Where(p => p.Id == i.PersonId).Select(p => p.Name).FirstOrDefault(), i.Email, i.Role,
            i.OrganizationId, db.Organizations.Where(o => o.Id == i.OrganizationId).Select(o => o.Name).FirstOrDefault(),
            i.StartsOn, i.EndsOn, i.Note, i.Status == InvitationStatus.Pending && i.ExpiresAt <= now ? InvitationStatus.Expired : i.Status, i.Delivery,
            i.InvitedByPersonId, i.SentAt, i.ExpiresAt, i.AcceptedAt, i.RevokedAt, i.CreatedAt, i.UpdatedAt, i.Version);
    }
}
