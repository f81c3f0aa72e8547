using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>Puts people back as they were before an import and removes those that it made. Sessions that it ended stay ended.</summary>
internal sealed class PersonUndo(PLServiceDbContext db, Caller caller, AuditTrail audit)
{
    private const int AtATime = 1_000;

    /// <summary>Undoes it; null when done, else why it cannot be.</summary>
    public async Task<DomainError?> UndoAsync(Guid importId, CancellationToken ct)
    {
        var states = await new PersonHistory((NpgsqlConnection)db.Database.GetDbConnection(), caller.TenantId, importId).ReadAsync(ct);
        // First those that it made, for they may have an address that somebody gets back.
        return await DeleteAsync([.. states.Where(state => state.Value is null).Select(state => state.Key)], importId, ct)
            ?? await RestoreAsync(states.Where(state => state.Value is not null).ToDictionary(state => state.Key, state => state.Value!), importId, ct);
    }

    private async Task<DomainError?> DeleteAsync(Guid[] made, Guid importId, CancellationToken ct)
    {
        foreach (var some in made.Chunk(AtATime))
        {
            if (await db.AuditEvents.AnyAsync(e => e.PersonId != null && some.Contains(e.PersonId.Value), ct))
                return ImportErrors.ChangedSince;
            foreach (var person in await db.People.Where(p => some.Contains(p.Id)).ToListAsync(ct))
            {
                audit.Record("person.deleted", person.Id, person.OrganizationId, new { importId, undone = true });
                db.Remove(person);
            }

            if (await db.TryRemoveAsync(ImportErrors.ChangedSince, ct) is { } used)
                return used;
        }

        return null;
    }

    private async Task<DomainError?> RestoreAsync(Dictionary<Guid, PersonState> states, Guid importId, CancellationToken ct)
    {
        // Who was inactive before gives an address free that somebody else of the import had.
        foreach (var some in states.Keys.OrderBy(id => states[id].DeactivatedAt is null).Chunk(AtATime))
        {
            foreach (var person in await db.People.Where(p => some.Contains(p.Id)).ToListAsync(ct))
            {
                states[person.Id].ApplyTo(person);
                audit.Record("person.changed", person.Id, person.OrganizationId, new { importId, undone = true });
            }

            if (await db.TrySaveAsync(ImportErrors.ChangedSince, ct) is { } taken)
                return taken;
        }

        return null;
    }
}
