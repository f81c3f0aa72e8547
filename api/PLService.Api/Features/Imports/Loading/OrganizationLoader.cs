using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Organizations;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>
/// Organizations, recognized by outside id: new ones are planted, known ones changed where the file says something else, and what it does
/// not say is left alone. Rows may stand in any order; a parent may come after its child.
/// </summary>
internal sealed class OrganizationLoader(PLServiceDbContext db, Caller caller, OrganizationTree tree, AuditTrail audit, TimeProvider clock) : IRecordLoader
{
    public IReadOnlyCollection<ImportKind> Kinds => [ImportKind.Organizations];

    public async Task LoadAsync(ImportReader reader, ImportLoad load, CancellationToken ct)
    {
        var rows = new List<OrganizationRow>();
        await foreach (var batch in reader.ReadOrganizationsAsync(ct))
        {
            load.Count(batch, 0);
            rows.AddRange(batch.Rows);
        }

        load.Report("storing", load.Size);
        await db.LockOrganizationTreeAsync(ct);
        var plan = new OrganizationPlan(load.Issues, caller.OrganizationId is not null);
        var known = await new OrganizationFinder(db, caller).FindAsync(rows, ct);
        plan.Make(rows, known);
        load.Receipt.Rejected += plan.Rejected;
        if (load.IsLost)
            return;

        var created = plan.Created;
        await new OrganizationPlanting((NpgsqlConnection)db.Database.GetDbConnection(), caller, load.ImportId, clock.GetUtcNow().UtcDateTime).PlantAsync(created, ct);
        var updated = await UpdateAsync(plan.Changes, load, ct);
        await CloseAsync(plan, load, ct);
        load.Receipt.Organizations = new(created.Count, updated, plan.Taken - created.Count - updated);
    }

    private async Task<int> UpdateAsync(IReadOnlyList<OrganizationChange> changes, ImportLoad load, CancellationToken ct)
    {
        var updated = 0;
        foreach (var some in changes.Chunk(1_000))
        {
            var ids = some.Select(change => change.Id).ToList();
            var entities = await db.Organizations.Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, ct);
            foreach (var change in some)
            {
                if (await ChangeAsync(entities[change.Id], change, load, ct))
                    updated++;
            }

            await db.SaveChangesAsync(ct);
        }

        return updated;
    }

    private async Task<bool> ChangeAsync(Organization organization, OrganizationChange change, ImportLoad load, CancellationToken ct)
    {
        var row = change.Row;
        var before = new { organization.Kind, organization.Name, organization.TimeZone, organization.OpenedOn, organization.ParentId };
        if ((row.Name ?? before.Name) != before.Name || (change.Kind ?? before.Kind) != before.Kind
            || (row.TimeZone ?? before.TimeZone) != before.TimeZone || (row.OpenedOn ?? before.OpenedOn) != before.OpenedOn)
        {
            if (organization.Change(change.Kind ?? before.Kind, row.Name ?? before.Name, row.TimeZone ?? before.TimeZone, row.OpenedOn ?? before.OpenedOn) is { } refused)
                return Refuse(load, row, refused);
        }

        if (change.ParentId is { } parent && parent != organization.ParentId)
        {
            // What the move reads has to be stored first.
            await db.SaveChangesAsync(ct);
            if (await tree.MoveAsync(organization, parent, ct) is { } refused)
                return Refuse(load, row, refused);
        }

        if (db.Entry(organization).State is not EntityState.Modified)
            return false;
        audit.Record("organization.changed", organization.Id, organization.Id, new { importId = load.ImportId, before });
        return true;
    }

    // Closing comes last, when every successor exists.
    private async Task CloseAsync(OrganizationPlan plan, ImportLoad load, CancellationToken ct)
    {
        foreach (var some in plan.Closed.Chunk(1_000))
        {
            var ids = some.Select(closing => closing.Id).ToList();
            var entities = await db.Organizations.Where(o => ids.Contains(o.Id) && o.Status == OrganizationStatus.Active).ToDictionaryAsync(o => o.Id, ct);
            foreach (var closing in some)
            {
                if (!entities.TryGetValue(closing.Id, out var organization))
                    continue;
                if (organization.Close(closing.On, closing.SuccessorId) is { } refused)
                    Refuse(load, closing.Row, refused);
                else
                    audit.Record("organization.closed", organization.Id, organization.Id, new { importId = load.ImportId });
            }

            await db.SaveChangesAsync(ct);
        }
    }

    private static bool Refuse(ImportLoad load, OrganizationRow row, Domain.DomainError refused)
    {
        load.Issues.Add(new(ImportSeverity.Error, refused.Code, refused.Message, row.Line, row.Record));
        // Part of the row may be in already: the file as a whole cannot be taken.
        load.IsUnreadable = true;
        return false;
    }
}
