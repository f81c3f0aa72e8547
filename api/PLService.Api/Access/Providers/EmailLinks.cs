using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Access;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Access.Providers;

/// <summary>
/// Links a login by its address: only where the tenant allows it for the provider, the provider says that it verified the address, its
/// domain is one that the tenant listed, and exactly one active person has it.
/// </summary>
internal sealed class EmailLinks(PLServiceDbContext db, LoginLinks links, AuditTrail audit)
{
    /// <summary>The person who is linked now; null when nobody is.</summary>
    public async Task<Guid?> LinkAsync(ProviderLogin login, CancellationToken ct)
    {
        var rules = await db.IdentityProviders.AsNoTracking()
            .Where(provider => provider.Id == login.ProviderId && provider.Status == IdentityProviderStatus.Active && provider.LinkByEmail)
            .Select(provider => new { provider.EmailDomains, provider.CreatePeople })
            .SingleOrDefaultAsync(ct);
        if (rules is null || !rules.EmailDomains.Contains(DomainOf(login.Email!)))
            return null;

        // An index says that there are no two of them.
        var same = db.People.Where(person => person.EmailKey == Sql.Lower(login.Email!));
        if (await same.Where(person => person.Status == PersonStatus.Active).Select(person => (Guid?)person.Id).SingleOrDefaultAsync(ct) is { } only)
            return await TryAsync(login, only, ct);
        // Somebody who was deactivated does not come back by signing in.
        return rules.CreatePeople && !await same.AnyAsync(person => person.Status == PersonStatus.Deactivated, ct) ? await CreateAsync(login, ct) : null;
    }

    private async Task<Guid?> CreateAsync(ProviderLogin login, CancellationToken ct)
    {
        var person = Person.Create(new PersonDetails(login.Name ?? login.Email!, login.Email));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.Add(person);
        audit.Record("person.created", person.Id, null, new { reason = "email", login.ProviderId });
        // Another first request of the same person was quicker: the next request finds what it made.
        if (await db.TrySaveAsync(PersonErrors.EmailTaken, ct) is not null || await links.LinkAsync(login, person.Id, "email", ct) is not null)
            return null;
        await transaction.CommitAsync(ct);
        return person.Id;
    }

    private async Task<Guid?> TryAsync(ProviderLogin login, Guid personId, CancellationToken ct) =>
        await links.LinkAsync(login, personId, "email", ct) is null ? personId : null;

    // What follows the last @; a quoted local part may hold others.
    private static string DomainOf(string email) => email[(email.LastIndexOf('@') + 1)..].ToLowerInvariant();
}
