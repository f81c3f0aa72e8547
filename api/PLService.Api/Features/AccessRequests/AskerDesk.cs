using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Providers;
using PLService.Api.Domain;
using PLService.Api.Domain.AccessRequests;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Features.AccessRequests;

/// <summary>Who asks, and what is theirs.</summary>
internal sealed class AskerDesk(PLServiceDbContext db, Caller caller, IHttpContextAccessor http, TimeProvider clock)
{
    /// <summary>What the identity provider says of the caller; null for who is signed in to the service itself.</summary>
    private ProviderLogin? Login => http.HttpContext?.Features.Get<ProviderLogin>();

    /// <summary>The caller's requests, also those from before the provider's subject was linked to a person.</summary>
    public IQueryable<AccessRequest> Own()
    {
        var person = caller.PersonId;
        if (Login is not { } login)
            return db.AccessRequests.Where(r => r.PersonId == person);
        return person is null
            ? db.AccessRequests.Where(r => r.ProviderId == login.ProviderId && r.Subject == login.Subject)
            : db.AccessRequests.Where(r => r.PersonId == person || (r.ProviderId == login.ProviderId && r.Subject == login.Subject));
    }

    /// <summary>The caller as an asker; null when the tenant takes no requests from whom it does not know.</summary>
    public async Task<Asker?> WhoAsync(CancellationToken ct)
    {
        if (caller.PersonId is { } id)
        {
            var person = await db.People.Where(p => p.Id == id).Select(p => new { p.Name, p.Email }).SingleAsync(ct);
            return new(id, null, null, person.Name, person.Email, person.Email is not null);
        }

        if (!await db.Tenants.AnyAsync(tenant => tenant.AccessRequests, ct))
            return null;
        var login = Login!;
        var email = EmailAddress.IsValid(login.Email) ? login.Email : null;
        var name = string.IsNullOrWhiteSpace(login.Name) ? email ?? login.Subject[..Math.Min(login.Subject.Length, Person.NameMaxLength)] : login.Name;
        return new(null, login.ProviderId, login.Subject, name, email, email is not null && login.EmailVerified);
    }

    /// <summary>Why the caller cannot ask for this now; null when they can. Nobody else of the same asker can ask before the transaction ends.</summary>
    public async Task<DomainError?> RefusesAsync(Role role, Guid? organizationId, CancellationToken ct)
    {
        var name = $"pls.access_request {db.TenantId:D} {caller.ActorId:D}";
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({name}, 0))", ct);
        var since = clock.GetUtcNow().AddDays(-1);
        var recent = await Own().Where(r => r.Status == AccessRequestStatus.Open || r.CreatedAt > since)
            .Select(r => new { IsOpen = r.Status == AccessRequestStatus.Open, IsRecent = r.CreatedAt > since, r.Role, r.OrganizationId }).ToListAsync(ct);
        if (recent.Exists(r => r.IsOpen && r.Role == role && r.OrganizationId == organizationId))
            return AccessRequestErrors.AlreadyOpen;
        if (recent.Count(r => r.IsOpen) >= AccessRequest.MaxOpen || recent.Count(r => r.IsRecent) >= AccessRequest.MaxPerDay)
            return AccessRequestErrors.TooMany;

        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return await db.Memberships.AnyAsync(
            m => m.PersonId == caller.PersonId && m.Role == role && m.OrganizationId == organizationId && (m.EndsOn == null || m.EndsOn >= today), ct)
            ? AccessRequestErrors.AlreadyMember
            : null;
    }
}
