using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.AccessRequests;
using PLService.Api.Domain.Mails;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Mailing;
using PLService.Api.Persistence;

namespace PLService.Api.Features.AccessRequests;

/// <summary>What is written about requests: to those who can decide, and to whoever asked.</summary>
internal sealed class RequestMail(PLServiceDbContext db, Outbox outbox, AccessOptions options, TimeProvider clock)
{
    /// <summary>So many of those who can decide are written to, the nearest ones.</summary>
    private const int MaxDeciders = 10;

    /// <summary>Tells those who can give the role there, beginning with the nearest organization.</summary>
    public async Task AskAsync(AccessRequest request, Place? place, CancellationToken ct)
    {
        var deciding = Enum.GetValues<Role>()
            .Where(role => Roles.ScopesOf(role).Contains(Scopes.PeopleWrite) && Roles.ScopesOf(role).IsSupersetOf(Roles.ScopesOf(request.Role))).ToList();
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var organizationId = place?.Id;
        var near = await db.Memberships
            .Where(m => deciding.Contains(m.Role) && m.PersonId != request.PersonId && (m.StartsOn == null || m.StartsOn <= today) && (m.EndsOn == null || m.EndsOn >= today)
                && (m.OrganizationId == null || db.OrganizationClosure.Any(c => c.DescendantId == organizationId && c.AncestorId == m.OrganizationId)))
            .Join(db.People.Where(p => p.Status == PersonStatus.Active && p.Email != null), m => m.PersonId, p => p.Id, (m, p) => new
            {
                p.Id,
                p.Name,
                Email = p.Email!,
                p.Language,
                Depth = db.OrganizationClosure.Where(c => c.DescendantId == organizationId && c.AncestorId == m.OrganizationId).Select(c => (int?)c.Depth).FirstOrDefault() ?? int.MaxValue,
            })
            .OrderBy(p => p.Depth).ThenBy(p => p.Id).Take(MaxDeciders * 2).ToListAsync(ct);
        var where = place?.Name ?? await TenantAsync(ct);
        var model = new AccessRequestMail(request.Name, where, EnumText.Of(request.Role), options.WebLink($"access-requests/{request.Id}"), request.Reason);
        await outbox.QueueAsync(
            [.. near.Where(p => EmailAddress.IsValid(p.Email)).DistinctBy(p => p.Id).Take(MaxDeciders)
                .Select(p => (new MailRecipient(p.Email, p.Name, p.Id, p.Language), (MailModel)model))], ct);
    }

    /// <summary>Tells whoever asked; nobody where there is only an address that no one vouches for.</summary>
    public async Task DecideAsync(AccessRequest request, Role role, string? organization, CancellationToken ct)
    {
        var isGranted = request.Status is AccessRequestStatus.Granted;
        var model = new AccessDecisionMail(
            isGranted, organization ?? await TenantAsync(ct), EnumText.Of(role), options.WebLink(isGranted ? "" : "my-access-requests"), request.Note);
        var person = db.ChangeTracker.Entries<Person>().Select(entry => entry.Entity).FirstOrDefault(p => p.Id == request.PersonId)
            ?? await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == request.PersonId, ct);
        var to = person is not null ? new MailRecipient(person.Email ?? "", person.Name, person.Id, person.Language)
            : new MailRecipient(request.EmailVerified ? request.Email! : "", request.Name, null, null);
        if (EmailAddress.IsValid(to.Address))
            await outbox.QueueAsync(to, model, ct);
    }

    private Task<string> TenantAsync(CancellationToken ct) => db.Tenants.Select(tenant => tenant.Name).SingleAsync(ct);
}
