using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Access;

/// <summary>Gives a role that was promised or asked for, in the unit of work of whoever found out that it is to be given.</summary>
internal sealed class RoleGiving(PLServiceDbContext db, AuditTrail audit)
{
    /// <summary>
    /// Gives the role; one that the person was given meanwhile stays as it is, and one that has ended begins anew. Two at once give it once: the person's row
    /// is locked until the transaction ends.
    /// </summary>
    /// <param name="person">Who gets it.</param>
    /// <param name="grant">The role, and where.</param>
    /// <param name="dates">Its first and last day.</param>
    /// <param name="today">The day that it is there.</param>
    /// <param name="source">Where it comes from, for the audit: an invitation, a request.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The membership, or why not.</returns>
    public async Task<(Membership? Membership, DomainError? Refused)> GiveAsync(
        Person person, Grant grant, (DateOnly? StartsOn, DateOnly? EndsOn) dates, DateOnly today, Guid source, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from pls.person where tenant_id = {db.TenantId} and id = {person.Id} for no key update", ct);
        var held = await db.Memberships.Where(m => m.PersonId == person.Id).ToListAsync(ct);
        var membership = held.Find(m => m.Role == grant.Role && m.OrganizationId == grant.OrganizationId);
        if (membership is not null && !(membership.EndsOn < today))
            return (membership, null);
        if (membership is null && held.Count >= Person.MaxMemberships)
            return (null, MembershipErrors.TooMany);

        var action = membership is null ? "membership.created" : "membership.changed";
        if (membership is null)
            db.Add(membership = Membership.Create(person.Id, grant.Role, grant.OrganizationId));
        if (membership.ChangeDates(dates.StartsOn, dates.EndsOn) is { } wrong)
            return (null, wrong);
        db.Touch(person);
        audit.Record(
            action, membership.Id, membership.OrganizationId, new { membership.PersonId, Role = EnumText.Of(membership.Role), membership.StartsOn, membership.EndsOn, source });
        return (membership, null);
    }
}
