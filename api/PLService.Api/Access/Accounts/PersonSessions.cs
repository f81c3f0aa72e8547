using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Access.Accounts;

/// <summary>Opens, refreshes and ends sessions, in the unit of work of whoever asks for it.</summary>
internal sealed class PersonSessions(PLServiceDbContext db, TimeProvider clock)
{
    /// <summary>A new session with its first refresh token. It is saved with the next SaveChanges.</summary>
    public async Task<(PersonSession Session, RefreshToken Token)> OpenAsync(Guid personId, SessionClient client, string device, bool remembered, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var surplus = await db.PersonSessions.Where(s => s.PersonId == personId && s.RevokedAt == null && s.ExpiresAt > now)
            .OrderByDescending(s => s.LastUsedAt).Skip(PersonSession.MaxPerPerson - 1).ToListAsync(ct);
        surplus.ForEach(session => session.Revoke(RevocationReason.Superseded, now));

        var (key, secret) = (SecretText.NewSecret(), SecretText.NewSecret());
        var session = PersonSession.Open(personId, client, device, remembered, key, System.Security.Cryptography.SHA256.HashData(secret), now);
        db.Add(session);
        return (session, new RefreshToken(db.TenantId, session.Id, 0, secret));
    }

    /// <summary>
    /// The session with the token that it goes on with. A token that was exchanged a moment ago, by another tab, gives the one that it was
    /// exchanged for; one that was exchanged earlier ends the session, for two have it. Null: there is no session to go on with.
    /// </summary>
    public async Task<(PersonSession Session, RefreshToken Token)?> RefreshAsync(RefreshToken token, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await FindAsync(token, ct) is not { } session || !session.IsLive(now) || token.StandingIn(session) is var standing && standing is RefreshStanding.Invented)
            return null;

        if (standing is RefreshStanding.Old)
        {
            if (session.IsInGrace(token.Number, now))
                return (session, token.Next(session.RefreshKey));
            session.Revoke(RevocationReason.TokenReused, now);
            return null;
        }

        if (!await db.People.AnyAsync(person => person.Id == session.PersonId && person.Status == PersonStatus.Active, ct))
        {
            session.Revoke(RevocationReason.Deactivated, now);
            return null;
        }

        var next = token.Next(session.RefreshKey);
        session.Refresh(next.Hash, now);
        return (session, next);
    }

    /// <summary>Ends the session that a refresh token is of, whichever of its tokens it is.</summary>
    public async Task<PersonSession?> SignOutAsync(RefreshToken token, CancellationToken ct)
    {
        if (await FindAsync(token, ct) is not { RevokedAt: null } session || token.StandingIn(session) is RefreshStanding.Invented)
            return null;
        session.Revoke(RevocationReason.SignedOut, clock.GetUtcNow());
        return session;
    }

    /// <summary>Ends the sessions of a person at once, all or all but one; gives how many.</summary>
    public Task<int> RevokeAllAsync(Guid personId, RevocationReason reason, CancellationToken ct, Guid? except = null)
    {
        var now = clock.GetUtcNow();
        db.GrantsChanged.Add(personId);
        return db.PersonSessions.Where(s => s.PersonId == personId && s.RevokedAt == null && s.ExpiresAt > now && s.Id != except)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.RevokedAt, now).SetProperty(s => s.RevokedReason, reason), ct);
    }

    /// <summary>Ends every session of many people at once.</summary>
    public Task<int> RevokeAllAsync(IReadOnlyCollection<Guid> people, RevocationReason reason, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.GrantsChanged.UnionWith(people);
        return db.PersonSessions.Where(s => people.Contains(s.PersonId) && s.RevokedAt == null && s.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.RevokedAt, now).SetProperty(s => s.RevokedReason, reason), ct);
    }

    /// <summary>Ends every session of the tenant at once; gives how many.</summary>
    public Task<int> RevokeEverybodysAsync(RevocationReason reason, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.EverybodysGrantsChanged = true;
        return db.PersonSessions.Where(s => s.RevokedAt == null && s.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.RevokedAt, now).SetProperty(s => s.RevokedReason, reason), ct);
    }

    // Locked: of two that refresh at the same time the second sees what the first has done.
    private async Task<PersonSession?> FindAsync(RefreshToken token, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from pls.person_session where tenant_id = {db.TenantId} and id = {token.SessionId} for update", ct);
        return await db.PersonSessions.SingleOrDefaultAsync(session => session.Id == token.SessionId, ct);
    }
}
