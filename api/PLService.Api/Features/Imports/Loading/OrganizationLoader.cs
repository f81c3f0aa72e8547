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
    private const int AtATime = 1_000;

    private readonly HashSet<Guid> _updated = [];
    private readonly Dictionary<Guid, OrganizationState> _before = [];

    public IReadOnlyCollection<ImportKind> Kinds => [ImportKind.Organizations];

    public async Task LoadAsync(ImportReader reader, ImportLoad load, CancellationToken ct)
    {
        var rows = new List<OrganizationRow>();
        await foreach (var batch in reader.ReadOrganizationsAsync(ct))
        {
            load.Count(batch, 0);
            rows.AddRange(batch.Rows);
        }

        await BringInAsync(rows, load, ct);
    }

    /// <summary>Brings rows in that were read.</summary>
    public async Task BringInAsync(List<OrganizationRow> rows, ImportLoad load, CancellationToken ct)
    {
        load.Report("storing", load.Size);
        await db.LockOrganizationTreeAsync(ct);
        var plan = new OrganizationPlan(load.Issues, !caller.ReachesAll, load.Kind is ImportKind.OneRoster);
        var known = await new OrganizationFinder(db, caller).FindAsync(rows, ct);
        plan.Make(rows, known);
        load.Receipt.Rejected += plan.Rejected;
        if (load.IsLost)
            return;

        var created = plan.Created;
        await new OrganizationPlanting((NpgsqlConnection)db.Database.GetDbConnection(), caller, load.ImportId, clock.GetUtcNow().UtcDateTime).PlantAsync(created, ct);
        await ChangeAsync(plan.Changes, load, ct);
        await MoveAsync(plan.Changes, load, ct);
        await CloseAsync(plan, load, ct);
        _updated.ExceptWith(created.Select(planted => planted.Id));
        await new OrganizationHistory((NpgsqlConnection)db.Database.GetDbConnection(), caller.TenantId, load.ImportId)
            .KeepAsync([.. _updated.Select(id => (id, _before[id]))], ct);
        load.Receipt.Organizations = new(created.Count, _updated.Count, plan.Taken - created.Count - _updated.Count);
    }

    private async Task ChangeAsync(IReadOnlyList<OrganizationChange> changes, ImportLoad load, CancellationToken ct)
    {
        foreach (var some in changes.Chunk(AtATime))
        {
            var entities = await FindAsync(some.Select(change => change.Id), ct);
            foreach (var change in some)
                Change(entities[change.Id], change, load);
            await db.SaveChangesAsync(ct);
        }
    }

    private void Change(Organization organization, OrganizationChange change, ImportLoad load)
    {
        var row = change.Row;
        var before = new { organization.Kind, organization.Name, organization.TimeZone, organization.OpenedOn };
        var after = new { Kind = change.Kind ?? before.Kind, Name = row.Name ?? before.Name, TimeZone = row.TimeZone ?? before.TimeZone, OpenedOn = row.OpenedOn ?? before.OpenedOn };
        if (before.Equals(after))
            return;
        if (organization.Change(after.Kind, after.Name, after.TimeZone, after.OpenedOn) is { } refused)
        {
            Refuse(load, row, refused);
            return;
        }

        audit.Record("organization.changed", organization.Id, organization.Id, new { importId = load.ImportId, before });
        _updated.Add(organization.Id);
    }

    // Two that change places stand in each other's way until one of them has moved, so that the order of the rows does not matter.
    private async Task MoveAsync(IReadOnlyList<OrganizationChange> changes, ImportLoad load, CancellationToken ct)
    {
        var waiting = changes.Where(change => change.ParentId is not null).ToList();
        for (var before = waiting.Count + 1; waiting.Count > 0 && waiting.Count < before;)
        {
            before = waiting.Count;
            waiting = await MoveSomeAsync(waiting, load, ct);
        }

        foreach (var change in waiting)
            Refuse(load, change.Row, OrganizationErrors.Cycle);
    }

    private async Task<List<OrganizationChange>> MoveSomeAsync(List<OrganizationChange> changes, ImportLoad load, CancellationToken ct)
    {
        var inTheWay = new List<OrganizationChange>();
        foreach (var some in changes.Chunk(AtATime))
        {
            var entities = await FindAsync(some.Select(change => change.Id), ct);
            foreach (var change in some.Where(change => entities[change.Id].ParentId != change.ParentId))
            {
                var refused = await tree.MoveAsync(entities[change.Id], change.ParentId, ct);
                if (refused == OrganizationErrors.Cycle)
                    inTheWay.Add(change);
                else if (refused is not null)
                    Refuse(load, change.Row, refused);
                else
                    _updated.Add(change.Id);
                // What the next move reads has to be stored.
                await db.SaveChangesAsync(ct);
            }
        }

        return inTheWay;
    }

    private async Task<Dictionary<Guid, Organization>> FindAsync(IEnumerable<Guid> some, CancellationToken ct)
    {
        var ids = some.ToList();
        var found = await db.Organizations.Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, ct);
        foreach (var organization in found.Values)
            _before.TryAdd(organization.Id, OrganizationState.Of(organization));
        return found;
    }

    // Closing comes last, when every successor exists.
    private async Task CloseAsync(OrganizationPlan plan, ImportLoad load, CancellationToken ct)
    {
        foreach (var some in plan.Closed.Chunk(AtATime))
        {
            var entities = await FindAsync(some.Select(closing => closing.Id), ct);
            foreach (var closing in some)
                Close(entities[closing.Id], closing, load);
            await db.SaveChangesAsync(ct);
        }
    }

    // A closed one that the file closes on another day, or in favor of another successor, was closed wrongly before.
    private void Close(Organization organization, OrganizationClosing closing, ImportLoad load)
    {
        var successorId = closing.SuccessorId ?? organization.SuccessorId;
        if (organization.Status is OrganizationStatus.Closed)
        {
            if (organization.ClosedOn == closing.On && organization.SuccessorId == successorId)
                return;
            organization.Reopen();
        }

        if (organization.Close(closing.On, successorId) is { } refused)
        {
            Refuse(load, closing.Row, refused);
            return;
        }

        audit.Record("organization.closed", organization.Id, organization.Id, new { importId = load.ImportId });
        _updated.Add(organization.Id);
    }

    private static void Refuse(ImportLoad load, OrganizationRow row, Domain.DomainError refused)
    {
        load.Issues.Add(new(ImportSeverity.Error, refused.Code, refused.Message, row.Line, row.Record));
        // Part of the row may be in already: the file as a whole cannot be taken.
        load.IsUnreadable = true;
    }
}
