using System.Linq.Expressions;
using PLService.Api.Domain;
using PLService.Api.Domain.Access;
using PLService.Api.Domain.People;

namespace PLService.Api.Features.Support;

/// <summary>A tenant's leave for those who run the service to look.</summary>
/// <param name="Id">The grant.</param>
/// <param name="Role">What support sees: whatever this role reads. It can change nothing.</param>
/// <param name="OrganizationId">The root of where; null is the whole tenant.</param>
/// <param name="Reason">What support shall look at.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="EndedAt">When somebody ended it before its time.</param>
/// <param name="CreatedAt">When it was given.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
public sealed record SupportGrantResponse(
    Guid Id,
    Role Role,
    Guid? OrganizationId,
    string Reason,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version) : IVersioned
{
    private static readonly DateTimeOffset SampleTime = new(2026, 9, 8, 15, 0, 0, TimeSpan.Zero);

    internal static readonly SupportGrantResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000310"), Role.Viewer, Guid.Parse("01a2b3c4-0000-7000-8000-000000000010"),
        "The fall report of Cedar Valley lacks a school.", SampleTime.AddHours(8), null, SampleTime, SampleTime, 1);

    internal static readonly Expression<Func<SupportGrant, SupportGrantResponse>> From = grant => new SupportGrantResponse(
        grant.Id, grant.Role, grant.OrganizationId, grant.Reason, grant.ExpiresAt, grant.EndedAt, grant.CreatedAt, grant.UpdatedAt, grant.Version);
}
