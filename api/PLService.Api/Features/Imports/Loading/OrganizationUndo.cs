using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Organizations;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Organizations;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>Puts organizations back as they were before an import: changed ones first, for they may stand below those that it made.</summary>
internal sealed class OrganizationUndo(PLServiceDbContext db, Caller caller, OrganizationTree tree, AuditTrail audit)
{
    private const int AtATime = 1_000;

    /// <summary>Undoes it; null when done, else why it cannot be.</summary>
    public async Task<DomainError?> UndoAsync(Guid importId, CancellationToken ct)
    {
        await db.LockOrganizationTreeAsync(ct);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var states = await new OrganizationHistory(connection, caller.TenantId, importId).ReadAsync(ct);
        foreach (var some in states.Keys.Chunk(AtATime))
        {
            foreach (var organization in await FindAsync(some, ct))
            {
                if (states[organization.Id].ApplyTo(organization) is { } refused)
                    return refused;
                audit.Record("organization.changed", organization.Id, organization.Id, new { importId, undone = true });
            }

            await db.SaveChangesAsync(ct);
        }

        return await MoveBackAsync(states, ct) ?? await DeleteAsync(connection, importId, ct);
    }

    // Two that changed places stand in each other's way until one of them has moved.
    private async Task<DomainError?> MoveBackAsync(Dictionary<Guid, OrganizationState> states, CancellationToken ct)
    {
        var waiting = states.Keys.ToList();
        for (var before = waiting.Count + 1; waiting.Count > 0 && waiting.Count < before;)
        {
            before = waiting.Count;
            var inTheWay = new List<Guid>();
            foreach (var some in waiting.Chunk(AtATime))
            {
                foreach (var organization in await FindAsync(some, ct))
                {
                    var refused = await tree.MoveAsync(organization, states[organization.Id].ParentId, ct);
                    if (refused is not null && refused != OrganizationErrors.Cycle)
                        return refused;
                    if (refused is not null)
                        inTheWay.Add(organization.Id);
                    // What the next move reads has to be stored.
                    await db.SaveChangesAsync(ct);
                }
            }

            waiting = inTheWay;
        }

        return waiting.Count == 0 ? null : ImportErrors.ChangedSince;
    }

    private async Task<DomainError?> DeleteAsync(NpgsqlConnection connection, Guid importId, CancellationToken ct)
    {
        try
        {
            await Statements.ExecuteAsync(
                connection,
                """
                delete from pls.organization o using pls.import_change c
                where c.tenant_id = $1 and c.import_id = $2 and c.resource_type = 'organization' and c.before is null
                  and o.tenant_id = $1 and o.id = c.resource_id
                """,
                ct,
                caller.TenantId,
                importId);
            return null;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            // An assessment, a client or another organization hangs on one of them by now.
            return ImportErrors.ChangedSince;
        }
    }

    private Task<List<Organization>> FindAsync(Guid[] ids, CancellationToken ct) =>
        db.Organizations.Where(o => ids.Contains(o.Id)).OrderBy(o => o.Id).ToListAsync(ct);
}
