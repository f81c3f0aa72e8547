using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.Organizations;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Organizations;

/// <summary>An organization with the outside ids that are valid now.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="ParentId">The organization above it; null for a root.</param>
/// <param name="Kind">What kind of node it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">Whether it still works.</param>
/// <param name="TimeZone">IANA name; its due dates and windows are days of this zone.</param>
/// <param name="OpenedOn">Its first day, when known.</param>
/// <param name="ClosedOn">Its last day, once closed.</param>
/// <param name="SuccessorId">Who took over when it closed.</param>
/// <param name="Identifiers">Its outside ids that are valid now, by system.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
public sealed record OrganizationResponse(
    Guid Id,
    Guid? ParentId,
    OrganizationKind Kind,
    string Name,
    OrganizationStatus Status,
    string TimeZone,
    DateOnly? OpenedOn,
    DateOnly? ClosedOn,
    Guid? SuccessorId,
    IReadOnlyList<OutsideId> Identifiers,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version) : IVersioned
{
    internal static readonly OrganizationResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000010"),
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000002"),
        OrganizationKind.District,
        "Cedar Valley School District",
        OrganizationStatus.Active,
        "America/Los_Angeles",
        null,
        null,
        null,
        [new OutsideId("nces", "9900030")],
        DateTimeOffset.Parse("2026-09-01T15:00:00Z", System.Globalization.CultureInfo.InvariantCulture),
        DateTimeOffset.Parse("2026-09-01T15:00:00Z", System.Globalization.CultureInfo.InvariantCulture),
        1);

    /// <summary>The projection that every read uses: one query, identifiers included.</summary>
    internal static Expression<Func<Organization, OrganizationResponse>> From(PLServiceDbContext db) => o => new OrganizationResponse(
        o.Id, o.ParentId, o.Kind, o.Name, o.Status, o.TimeZone, o.OpenedOn, o.ClosedOn, o.SuccessorId,
        db.OrganizationIdentifiers
            .Where(i => i.OrganizationId == o.Id && i.ValidTo == null)
            .OrderBy(i => i.System).ThenBy(i => i.Value)
            .Select(i => new OutsideId(i.System, i.Value)).ToList(),
        o.CreatedAt, o.UpdatedAt, o.Version);

    /// <summary>The organization as it is stored now; for answers to a change.</summary>
    internal static Task<OrganizationResponse> ReadAsync(PLServiceDbContext db, Guid id, CancellationToken ct) =>
        db.Organizations.Where(o => o.Id == id).Select(From(db)).SingleAsync(ct);
}
