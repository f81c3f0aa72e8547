using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain;
using PLService.Api.Domain.Accounts;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>What changes of an account share.</summary>
internal sealed class AccountDesk(
    PLServiceDbContext db, Caller caller, PersonSessions sessions, Attempts attempts, Passwords passwords, AuditTrail audit, IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>After a sign-in one can change for so long what one signs in with: an access token that was copied is not enough.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(30);

    /// <summary>The caller's account, its row locked, for a change of what one signs in with; or why not.</summary>
    public async Task<(Account? Account, DomainError? Refused)> OpenAsync(CancellationToken ct)
    {
        if (await LockAsync(caller.PersonId!.Value, ct) is not { } account)
            return (null, AccountErrors.None);
        var since = clock.GetUtcNow() - Recent;
        return await db.PersonSessions.AnyAsync(session => session.Id == caller.SessionId && session.CreatedAt > since, ct) ? (account, null) : (null, AccountErrors.SignInAgain);
    }

    /// <summary>The account of a person, its row locked until the transaction ends.</summary>
    public async Task<Account?> LockAsync(Guid personId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from pls.account where tenant_id = {db.TenantId} and person_id = {personId} for no key update", ct);
        return await db.Accounts.SingleOrDefaultAsync(account => account.PersonId == personId, ct);
    }

    /// <summary>Whether this is the caller's present password; wrong ones count as they do at a sign-in.</summary>
    public async Task<DomainError?> ProveAsync(string password, CancellationToken ct)
    {
        var personId = caller.PersonId!.Value;
        if (!await db.Accounts.AnyAsync(account => account.PersonId == personId && account.PasswordHash != null, ct))
            return AccountErrors.None;
        var attempt = await attempts.ClaimAsync(personId, ct);
        if (!await passwords.IsRightAsync(attempt?.PasswordHash, password, ct))
        {
            if (attempt is { IsLast: true })
                await RecordLockAsync(personId, ct);
            return AccountErrors.WrongPassword;
        }

        await attempts.GiveBackAsync(personId, ct);
        return null;
    }

    // The request is refused, and what its own transaction wrote goes with it.
    private async Task RecordLockAsync(Guid personId, CancellationToken ct)
    {
        await using var apart = scopes.CreateAsyncScope();
        apart.ServiceProvider.GetRequiredService<Caller>().Become(CallerIdentity.Person(caller.TenantId, personId, caller.SessionId));
        await apart.ServiceProvider.GetRequiredService<SignInDesk>().RecordLockAsync(personId, ct);
    }

    /// <summary>Why a person cannot have this password; null when it is taken.</summary>
    public async Task<DomainError?> FaultAsync(Guid personId, string password, CancellationToken ct)
    {
        var context = await db.People.Where(person => person.Id == personId)
            .Select(person => new { person.Name, person.Email, Tenant = db.Tenants.Select(tenant => new { tenant.Name, tenant.Slug }).First() })
            .SingleAsync(ct);
        return PasswordRules.Fault(password, [context.Name, context.Email?.Split('@')[0], context.Tenant.Name, context.Tenant.Slug]);
    }

    /// <summary>Gives the account a password, takes back what else could set one, and ends sessions: all, or all but one.</summary>
    public async Task SetPasswordAsync(Account account, string password, RevocationReason reason, Guid? except, CancellationToken ct)
    {
        account.SetPassword(await passwords.HashAsync(password, ct), clock.GetUtcNow());
        await db.AccountTickets.Where(t => t.PersonId == account.PersonId && (t.Kind == TicketKind.FirstPassword || t.Kind == TicketKind.PasswordReset || t.Kind == TicketKind.SecondFactor))
            .ExecuteDeleteAsync(ct);
        await RecordAsync("account.passwordSet", account.PersonId, new { reason }, ct);
        await EndSessionsAsync(account.PersonId, reason, except, ct);
    }

    /// <summary>Ends the sessions of a person, all or all but one, and writes it down; gives how many.</summary>
    public async Task<int> EndSessionsAsync(Guid personId, RevocationReason reason, Guid? except, CancellationToken ct)
    {
        var ended = await sessions.RevokeAllAsync(personId, reason, ct, except);
        if (ended > 0)
            await RecordAsync("session.allRevoked", personId, new { reason, ended }, ct);
        return ended;
    }

    /// <summary>Whether the person may do nothing, anywhere, that the caller may not: who sets up how somebody signs in could sign in as them.</summary>
    public async Task<bool> ReachesAllOfAsync(Guid personId, CancellationToken ct)
    {
        var roles = await db.Memberships.Where(m => m.PersonId == personId).Select(m => new { m.Role, IsReached = db.ReachableMemberships().Any(r => r.Id == m.Id) }).ToListAsync(ct);
        return roles.TrueForAll(role => role.IsReached && caller.Scopes.IsSupersetOf(Roles.ScopesOf(role.Role)));
    }

    /// <summary>Writes down what was done to a person's account, and saves it.</summary>
    public async Task RecordAsync(string action, Guid personId, object? detail, CancellationToken ct)
    {
        var organization = await db.People.Where(person => person.Id == personId).Select(person => person.OrganizationId).SingleAsync(ct);
        audit.Record(action, personId, organization, detail);
        await db.SaveChangesAsync(ct);
    }
}
