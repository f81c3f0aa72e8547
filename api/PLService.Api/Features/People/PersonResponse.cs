using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>Somebody of the tenant, with the outside ids that are valid now and the roles that you can see.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="OrganizationId">Whose person it is; null belongs to the tenant as a whole.</param>
/// <param name="Name">The name.</param>
/// <param name="Email">The e-mail address, as it was given.</param>
/// <param name="Position">What the person does, in the employer's words.</param>
/// <param name="EmployeeGroup">What the person is employed as.</param>
/// <param name="Language">The language that the person wants to read, a tag of BCP 47.</param>
/// <param name="TimeZone">IANA name; null is that of the organization.</param>
/// <param name="Status">Whether the person can sign in.</param>
/// <param name="DeactivatedAt">When the person was deactivated.</param>
/// <param name="Identifiers">Outside ids that are valid now, by system.</param>
/// <param name="Memberships">The person's roles in organizations that you reach, ended ones included, the oldest first.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was last changed, its ids and roles included.</param>
/// <param name="Version">+1 per change, of its ids and roles too; the ETag.</param>
public sealed record PersonResponse(
    Guid Id,
    Guid? OrganizationId,
    string Name,
    string? Email,
    string? Position,
    EmployeeGroup? EmployeeGroup,
    string Language,
    string? TimeZone,
    PersonStatus Status,
    DateTimeOffset? DeactivatedAt,
    IReadOnlyList<OutsideId> Identifiers,
    IReadOnlyList<PersonRole> Memberships,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version) : IVersioned
{
    internal static readonly PersonResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000300"),
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000010"),
        "Ada Moreno",
        "ada.moreno@example.org",
        "Principal",
        Domain.People.EmployeeGroup.SiteAdministrator,
        "en",
        null,
        PersonStatus.Active,
        null,
        [new OutsideId("hr", "004711")],
        [new PersonRole(Guid.Parse("01a2b3c4-0000-7000-8000-000000000310"), Role.Facilitator, Guid.Parse("01a2b3c4-0000-7000-8000-000000000010"), "Cedar Valley School District", new DateOnly(2026, 8, 1), null)],
        DateTimeOffset.Parse("2026-09-01T15:00:00Z", CultureInfo.InvariantCulture),
        DateTimeOffset.Parse("2026-09-01T15:00:00Z", CultureInfo.InvariantCulture),
        1);

    /// <summary>The projection that every read uses: one query, ids and roles included.</summary>
    internal static Expression<Func<Person, PersonResponse>> From(PLServiceDbContext db)
    {
        var reachable = db.ReachableMemberships();
        return p => new PersonResponse(
            p.Id, p.OrganizationId, p.Name, p.Email, p.Position, p.EmployeeGroup, p.Language, p.TimeZone, p.Status, p.DeactivatedAt,
            db.PersonIdentifiers
                .Where(i => i.PersonId == p.Id && i.ValidTo == null)
                .OrderBy(i => i.System).ThenBy(i => i.Value)
                .Select(i => new OutsideId(i.System, i.Value)).ToList(),
            reachable
                .Where(m => m.PersonId == p.Id)
                .OrderBy(m => m.Id)
                .Select(m => new PersonRole(
                    m.Id, m.Role, m.OrganizationId, db.Organizations.Where(o => o.Id == m.OrganizationId).Select(o => o.Name).FirstOrDefault(), m.StartsOn, m.EndsOn)).ToList(),
            p.CreatedAt, p.UpdatedAt, p.Version);
    }

    /// <summary>The person as it is stored now; for answers to a change.</summary>
    internal static Task<PersonResponse> ReadAsync(PLServiceDbContext db, Guid id, CancellationToken ct) =>
        db.People.Where(p => p.Id == id).Select(From(db)).SingleAsync(ct);
}

/// <summary>A role of the person; <c>GET /v1/memberships/{id}</c> has all of it.</summary>
/// <param name="Id">The membership.</param>
/// <param name="Role">The role.</param>
/// <param name="OrganizationId">Where it holds, with everything below; null is the whole tenant.</param>
/// <param name="OrganizationName">Its name.</param>
/// <param name="StartsOn">The first day; null is always.</param>
/// <param name="EndsOn">The last day; null is for good.</param>
public sealed record PersonRole(Guid Id, Role Role, Guid? OrganizationId, string? OrganizationName, DateOnly? StartsOn, DateOnly? EndsOn);
