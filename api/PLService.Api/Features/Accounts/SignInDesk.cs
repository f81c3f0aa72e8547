using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain;
using PLService.Api.Domain.Accounts;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Accounts;

/// <summary>How a session is to be held.</summary>
/// <param name="Client">By what.</param>
/// <param name="Remember">Whether it outlives the browser.</param>
internal sealed record SessionWish(SessionClient Client, bool Remember);

/// <summary>What all ways to sign in share: into the tenant, and out with a session.</summary>
internal sealed class SignInDesk(
    Door door, Caller caller, PLServiceDbContext db, PersonSessions sessions, Tokens tokens, RefreshCookie cookie, AccountMail mail, AuditTrail audit, IHttpContextAccessor http)
{
    /// <summary>Goes into the tenant of this short name, as nobody yet; false when there is none.</summary>
    public async Task<bool> EnterAsync(string slug, CancellationToken ct) => Enter(await door.TenantOfSlugAsync(slug, ct));

    /// <summary>Goes into the tenant that a ticket or token names, as nobody yet; false when it names none.</summary>
    public bool Enter(Guid? tenantId)
    {
        if (tenantId is not { } id)
            return false;
        caller.Become(CallerIdentity.Service(id));
        return true;
    }

    /// <summary>Why nobody signs in to the service itself here; null when people may.</summary>
    public async Task<DomainError?> ClosedAsync(CancellationToken ct) =>
        await db.Tenants.AnyAsync(tenant => !tenant.LocalAccounts, ct) ? AccountErrors.LocalAccountsOff : null;

    /// <summary>Signs the person in, in the transaction that runs; whoever calls commits it.</summary>
    public async Task<SessionTokens> OpenAsync(Guid personId, SessionWish wish, string method, CancellationToken ct)
    {
        var request = http.HttpContext!.Request;
        var (session, token) = await sessions.OpenAsync(
            personId, wish.Client, Devices.NameOf(request.Headers.UserAgent), wish.Remember || wish.Client is SessionClient.Cli, ct);
        await db.Accounts.Where(account => account.PersonId == personId)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.FailedAttempts, 0).SetProperty(a => a.LockedUntil, (DateTimeOffset?)null), ct);
        caller.Become(CallerIdentity.Person(db.TenantId, personId, session.Id));
        await RecordAsync("session.opened", session, new { method }, ct);
        await mail.NewDeviceAsync(session, ct);
        await db.SaveChangesAsync(ct);
        return Hand(session, token);
    }

    /// <summary>What a client goes on with: a browser gets the refresh token as a cookie.</summary>
    public SessionTokens Hand(PersonSession session, RefreshToken token)
    {
        var isBrowser = session.Client is SessionClient.Browser;
        if (isBrowser)
            cookie.Set(http.HttpContext!.Response, session, token);
        return new(
            tokens.IssuePerson(session.TenantId, session.PersonId, session.Id), Tokens.LifetimeSeconds, isBrowser ? null : token.Text, session.ExpiresAt);
    }

    /// <summary>Writes down what became of a session or an account.</summary>
    public async Task RecordAsync(string action, PersonSession session, object? detail, CancellationToken ct) =>
        audit.Record(action, session.Id, await OrganizationOfAsync(session.PersonId, ct), detail);

    /// <summary>Writes down that an account was locked, in a transaction of its own.</summary>
    public async Task RecordLockAsync(Guid personId, CancellationToken ct)
    {
        audit.Record("account.locked", personId, await OrganizationOfAsync(personId, ct));
        await db.SaveChangesAsync(ct);
    }

    private Task<Guid?> OrganizationOfAsync(Guid personId, CancellationToken ct) =>
        db.People.Where(person => person.Id == personId).Select(person => person.OrganizationId).SingleOrDefaultAsync(ct);
}
