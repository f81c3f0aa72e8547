using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>Puts people back as they were before an import and removes those that it made. Sessions that it ended stay ended.</summary>
internal sealed class PersonUndo(PLServiceDbContext db, Caller caller, RoleReach reach, LastAdmin lastAdmin, PersonSessions sessions, AuditBatch audit, TimeProvider clock)
{
    private NpgsqlConnection Connection => (NpgsqlConnection)db.Database.GetDbConnection();

    /// <summary>Undoes it; null when done, else why it cannot be.</summary>
    public async Task<DomainError?> UndoAsync(Guid importId, CancellationToken ct)
    {
        var people = await new PersonHistory(Connection, caller.TenantId, importId).ReadAsync(ct);
        if (people.Count == 0)
            return null;
        await Statements.JoinByHashAsync(Connection, ct);
        try
        {
            // First those that it made, for they may have an address that somebody gets back.
            var refused = await DeleteAsync([.. people.Where(p => p.Before is null).Select(p => p.Id)], importId, ct)
                ?? await RestoreAsync([.. people.Where(p => p.Before is not null).Select(p => new PersonStore.Changed(p.Id, p.Version, p.Before!))], importId, ct);
            await audit.WriteAsync(ct);
            return refused;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.UniqueViolation)
        {
            // Something hangs on one of them by now, or somebody else has an address that one of them had.
            return ImportErrors.ChangedSince;
        }
    }

    private async Task<DomainError?> DeleteAsync(Guid[] made, Guid importId, CancellationToken ct)
    {
        if (made.Length == 0)
            return null;
        // Who did something stays: the trail names them.
        if (await db.AuditEvents.AnyAsync(e => e.PersonId != null && made.Contains(e.PersonId.Value), ct))
            return ImportErrors.ChangedSince;
        db.GrantsChanged.UnionWith(made);
        await using var command = Statements.Of(
            Connection, "delete from pls.person where tenant_id = $1 and id = any($2) returning id, organization_id", caller.TenantId, made);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            audit.Record("person.deleted", reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetGuid(1), new { importId, undone = true });
        return null;
    }

    private async Task<DomainError?> RestoreAsync(List<PersonStore.Changed> people, Guid importId, CancellationToken ct)
    {
        if (await RefusesAsync(people, ct) is { } refused)
            return refused;
        var store = new PersonStore(Connection, caller.TenantId, clock.GetUtcNow().UtcDateTime);
        // Who was inactive before gives an address free that somebody else of the import had.
        foreach (var some in people.GroupBy(p => p.State.DeactivatedAt is null).OrderBy(g => g.Key))
        {
            if (!await store.ChangeAsync(some, ct))
                return ImportErrors.ChangedSince;
        }

        people.ForEach(p => audit.Record("person.changed", p.Id, p.State.Details.OrganizationId, new { importId, undone = true }));
        return null;
    }

    // Giving an address or a status back is giving it: by the rules that hold for people one by one.
    private async Task<DomainError?> RefusesAsync(List<PersonStore.Changed> people, CancellationToken ct)
    {
        var ids = people.ConvertAll(p => p.Id);
        var now = await db.People.Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Email, IsActive = p.Status == PersonStatus.Active }).ToDictionaryAsync(p => p.Id, ct);
        var known = people.Where(p => now.ContainsKey(p.Id)).Select(p => (p.Id, p.State, Now: now[p.Id])).ToList();
        var given = known.Where(p => !EmailAddress.AreSame(p.State.Details.Email, p.Now.Email) || (p.State.DeactivatedAt is null && !p.Now.IsActive)).Select(p => p.Id).ToList();
        var shutOut = known.Where(p => p.State.DeactivatedAt is not null && p.Now.IsActive).Select(p => p.Id).ToList();
        if ((await reach.RolesBeyondAsync(given, ct)).Count > 0 || (await reach.NotToShutOutAsync(shutOut, ct)).Count > 0)
            return PersonErrors.BeyondYourReach;
        if ((await lastAdmin.AmongAsync(shutOut, ct)).Count > 0)
            return MembershipErrors.LastAdmin;
        await sessions.RevokeAllAsync(shutOut, RevocationReason.Deactivated, ct);
        return null;
    }
}
