using System.Globalization;
using System.Linq.Expressions;
using PLService.Api.Domain;
using PLService.Api.Domain.AccessRequests;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Features.AccessRequests;

/// <summary>Somebody asks for a role.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="PersonId">Who asks; null while only an identity provider knows who it is.</param>
/// <param name="ProviderId">The identity provider that knows somebody who was no person here when asking.</param>
/// <param name="Name">The asker's name when asking, as it is known here or as the provider says.</param>
/// <param name="Email">The asker's address when asking.</param>
/// <param name="EmailVerified">Whether the provider says that the address is the asker's; true for a person.</param>
/// <param name="Role">The role that is asked for.</param>
/// <param name="OrganizationId">Where; null is the whole tenant.</param>
/// <param name="OrganizationName">Its name; null where you do not reach it.</param>
/// <param name="Reason">Why, in the asker's words.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Note">What was written with the decision.</param>
/// <param name="MembershipId">The role that was given, which need not be the one that was asked for.</param>
/// <param name="DecidedAt">When it was granted, refused or withdrawn.</param>
/// <param name="DecidedByPersonId">Which person decided; null when it was a machine.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
public sealed record AccessRequestResponse(
    Guid Id,
    Guid? PersonId,
    Guid? ProviderId,
    string Name,
    string? Email,
    bool EmailVerified,
    Role Role,
    Guid? OrganizationId,
    string? OrganizationName,
    string Reason,
    AccessRequestStatus Status,
    string? Note,
    Guid? MembershipId,
    DateTimeOffset? DecidedAt,
    Guid? DecidedByPersonId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version) : IVersioned
{
    private static readonly DateTimeOffset SampleTime = DateTimeOffset.Parse("2026-09-01T15:00:00Z", CultureInfo.InvariantCulture);

    internal static readonly AccessRequestResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000330"), Guid.Parse("01a2b3c4-0000-7000-8000-000000000300"), null, "Ada Moreno", "ada.moreno@example.org", true, Role.Facilitator,
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000010"), "Cedar Valley School District", "I run the fall assessment of our district.", AccessRequestStatus.Open, null, null, null, null,
        SampleTime, SampleTime, 1);

    internal static readonly AccessRequestResponse Granted = Sample with
    {
        Status = AccessRequestStatus.Granted,
        MembershipId = Guid.Parse("01a2b3c4-0000-7000-8000-000000000310"),
        DecidedAt = SampleTime.AddHours(2),
        DecidedByPersonId = Guid.Parse("01a2b3c4-0000-7000-8000-000000000301"),
        Version = 2,
    };

    /// <summary>The projection that every read uses: one query, names included.</summary>
    internal static Expression<Func<AccessRequest, AccessRequestResponse>> From(PLServiceDbContext db)
    {
        var reached = db.ReachableOrganizations();
        return r => new AccessRequestResponse(
            r.Id, r.PersonId, r.ProviderId, r.Name, r.Email, r.EmailVerified, r.Role,
            r.OrganizationId, reached.Where(o => o.Id == r.OrganizationId).Select(o => o.Name).FirstOrDefault(),
            r.Reason, r.Status, r.Note, r.MembershipId, r.DecidedAt, r.DecidedByPersonId, r.CreatedAt, r.UpdatedAt, r.Version);
    }
}
