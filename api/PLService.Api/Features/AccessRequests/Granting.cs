using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Providers;
using PLService.Api.Domain;
using PLService.Api.Domain.AccessRequests;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.AccessRequests;

/// <summary>Grants a request: finds out who the asker is, or makes a person of them, and gives the role.</summary>
internal sealed class Granting(PLServiceDbContext db, RoleReach reach, RoleGiving giving, DecisionDesk desk, LoginLinks links, RequestMail mail, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Grants and saves; gives why not.</summary>
    public async Task<DomainError?> RunAsync(AccessRequest asked, GrantAccessRequest.Request request, CancellationToken ct)
    {
        var place = request.Organization is { } named
            ? await db.ReachableOrganizations().NamedAsync(db, named, ct)
            : await db.Organizations.Where(o => o.Id == asked.OrganizationId).Select(o => new Place(o.Id, o.Name, o.TimeZone, o.Status)).SingleOrDefaultAsync(ct);
        if (request.Organization is not null && place is null)
            return AccessRequestErrors.UnknownOrganization;
        if (place?.Status is OrganizationStatus.Closed)
            return AccessRequestErrors.OrganizationClosed;
        var role = request.Role ?? asked.Role;
        if (!await reach.CanGiveAsync(role, place?.Id, ct))
            return MembershipErrors.BeyondYourReach;

        var (person, unknown) = await PersonAsync(asked, request.PersonId, place?.Id, ct);
        if (person is null)
            return unknown;
        if (person.Status is not PersonStatus.Active)
            return AccessRequestErrors.PersonDeactivated;
        var today = place?.Today(clock.GetUtcNow()) ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var (membership, full) = await giving.GiveAsync(person, new(role, place?.Id), (request.StartsOn, request.EndsOn), today, asked.Id, ct);
        if (membership is null)
            return full;

        if (asked.Grant(person.Id, membership.Id, desk.Decide(request.Note)) is { } decided)
            return decided;
        audit.Record("accessRequest.granted", asked.Id, asked.OrganizationId, new { personId = person.Id, membershipId = membership.Id });
        await mail.DecideAsync(asked, role, place?.Name, ct);
        await db.SaveChangesAsync(ct);
        return null;
    }

    private async Task<(Person? Person, DomainError? Refused)> PersonAsync(AccessRequest asked, Guid? said, Guid? organizationId, CancellationToken ct)
    {
        var known = asked.PersonId ?? await db.PersonLogins.Where(l => l.ProviderId == asked.ProviderId && l.Subject == asked.Subject).Select(l => (Guid?)l.PersonId).SingleOrDefaultAsync(ct);
        if (known is { } id)
            return said is not null && said != id ? (null, AccessRequestErrors.UnknownPerson) : (await db.People.SingleAsync(p => p.Id == id, ct), null);

        var (person, refused) = said is { } same ? await SameAsync(same, ct) : await NewAsync(asked, organizationId, ct);
        if (refused is not null)
            return (null, refused);
        var login = new ProviderLogin(db.TenantId, asked.ProviderId!.Value, asked.Subject!, asked.Email, asked.EmailVerified, asked.Name, clock.GetUtcNow());
        // Whoever asked accepted an invitation as somebody else at this moment.
        return await links.LinkAsync(login, person!.Id, "accessRequest", ct) is null ? (person, null) : (null, AccessRequestErrors.UnknownPerson);
    }

    // Whoever says who somebody is decides about all that this person may do.
    private async Task<(Person? Person, DomainError? Refused)> SameAsync(Guid id, CancellationToken ct)
    {
        if (await db.OwnPeople().SingleOrDefaultAsync(p => p.Id == id && p.Status == PersonStatus.Active, ct) is not { } person)
            return (null, AccessRequestErrors.UnknownPerson);
        return await reach.CouldGiveRolesOfAsync(id, ct) ? (person, null) : (null, AccessRequestErrors.PersonBeyondYourReach);
    }

    private async Task<(Person? Person, DomainError? Refused)> NewAsync(AccessRequest asked, Guid? organizationId, CancellationToken ct)
    {
        if (asked.Email is { } email && await db.People.AnyAsync(p => p.Status == PersonStatus.Active && p.Email != null && Sql.Lower(p.Email!) == Sql.Lower(email), ct))
            return (null, AccessRequestErrors.AddressTaken);
        var name = asked.Name.Length <= Person.NameMaxLength ? asked.Name : asked.Name[..Person.NameMaxLength];
        var person = Person.Create(new PersonDetails(name, asked.Email, organizationId));
        db.Add(person);
        audit.Record("person.created", person.Id, organizationId, new { reason = "accessRequest", asked.ProviderId });
        return await db.TrySaveAsync(AccessRequestErrors.AddressTaken, ct) is { } taken ? (null, taken) : (person, null);
    }
}
