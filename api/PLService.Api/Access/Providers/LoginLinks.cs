using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.Access;
using PLService.Api.Persistence;

namespace PLService.Api.Access.Providers;

/// <summary>Links a login to a person, in the unit of work of whoever found out which person is meant.</summary>
internal sealed class LoginLinks(PLServiceDbContext db, AuditTrail audit, TimeProvider clock)
{
    /// <summary>
    /// From now on <paramref name="login"/> is <paramref name="personId"/>; a second time changes nothing. Saves what the unit of work holds so far.
    /// </summary>
    /// <param name="login">What the provider said.</param>
    /// <param name="personId">A person of the same tenant.</param>
    /// <param name="reason">How it is known that the two are the same, one word for the audit: <c>invitation</c>, <c>email</c>.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Why not: the login belongs to another person already.</returns>
    public async Task<DomainError?> LinkAsync(ProviderLogin login, Guid personId, string reason, CancellationToken ct)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        // The person may be as new as this unit of work.
        await db.SaveChangesAsync(ct);
        var linked = new PersonLogin { PersonId = personId, ProviderId = login.ProviderId, Subject = login.Subject, LinkedAt = clock.GetUtcNow() };
        // Two first requests come at the same time; the second one waits here for the first and finds its row.
        var isNew = await db.Database.ExecuteSqlAsync(
            $"""
             insert into pls.person_login (tenant_id, id, person_id, provider_id, subject, linked_at)
             values ({db.TenantId}, {linked.Id}, {linked.PersonId}, {linked.ProviderId}, {linked.Subject}, {linked.LinkedAt})
             on conflict (tenant_id, provider_id, subject) do nothing
             """, ct) == 1;
        if (!isNew && !await db.PersonLogins.AnyAsync(l => l.ProviderId == login.ProviderId && l.Subject == login.Subject && l.PersonId == personId, ct))
            return PersonLoginErrors.LinkedToAnother;

        if (isNew)
        {
            var organization = await db.People.Where(person => person.Id == personId).Select(person => person.OrganizationId).SingleAsync(ct);
            audit.Record("personLogin.linked", linked.Id, organization, new { personId, login.ProviderId, reason });
        }

        await db.SaveChangesAsync(ct);
        if (own is not null)
            await own.CommitAsync(ct);
        return null;
    }
}
