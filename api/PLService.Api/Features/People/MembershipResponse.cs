using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>A role of a person in an organization and everything below it, or in the whole tenant.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="PersonId">Who has it.</param>
/// <param name="PersonName">The person's name.</param>
/// <param name="Role">The role.</param>
/// <param name="OrganizationId">Where it holds, with everything below; null is the whole tenant.</param>
/// <param name="OrganizationName">Its name.</param>
/// <param name="StartsOn">The first day, in the organization's time zone; null is always.</param>
/// <param name="EndsOn">The last day, in the organization's time zone; null is for good.</param>
/// <param name="CreatedAt">When it was given.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
public sealed record MembershipResponse(
    Guid Id,
    Guid PersonId,
    string PersonName,
    Role Role,
    Guid? OrganizationId,
    string? OrganizationName,
    DateOnly? StartsOn,
    DateOnly? EndsOn,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version) : IVersioned
{
    internal static readonly MembershipResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000310"),
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000300"),
        "Ada Moreno",
        Role.Facilitator,
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000010"),
        "Cedar Valley School District",
        new DateOnly(2026, 8, 1),
        null,
        DateTimeOffset.Parse("2026-09-01T15:00:00Z", CultureInfo.InvariantCulture),
        DateTimeOffset.Parse("2026-09-01T15:00:00Z", CultureInfo.InvariantCulture),
        1);

    /// <summary>The projection that every read uses: one query, names included.</summary>
    internal static Expression<Func<Membership, MembershipResponse>> From(PLServiceDbContext db) => m => new MembershipResponse(
        m.Id, m.PersonId, db.People.Where(p => p.Id == m.PersonId).Select(p => p.Name).First(), m.Role,
        m.OrganizationId, db.Organizations.Where(o => o.Id == m.OrganizationId).Select(o => o.Name).FirstOrDefault(),
        m.StartsOn, m.EndsOn, m.CreatedAt, m.UpdatedAt, m.Version);

    /// <summary>The membership as it is stored now; for answers to a change.</summary>
    internal static Task<MembershipResponse> ReadAsync(PLServiceDbContext db, Guid id, CancellationToken ct) =>
        db.Memberships.Where(m => m.Id == id).Select(From(db)).SingleAsync(ct);
}
