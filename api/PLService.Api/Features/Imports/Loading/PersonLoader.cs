using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.People;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>
/// People, recognized by outside id or e-mail address: new ones are added without any role, known ones changed where the file says something else,
/// and whom or what it does not name is left alone.
/// </summary>
internal sealed class PersonLoader(
    PLServiceDbContext db, Caller caller, ImportSender sender, RoleReach reach, LastAdmin lastAdmin, PersonSessions sessions, AuditBatch audit, TimeProvider clock) : IRecordLoader
{
    public IReadOnlyCollection<ImportKind> Kinds => [ImportKind.People];

    public async Task LoadAsync(ImportReader reader, ImportLoad load, CancellationToken ct)
    {
        if (!await sender.ResumeAsync(Scopes.PeopleWrite, ct))
            throw new ImportFileException(ImportLoadCodes.SenderLostAccess, "Whoever sent the file may not change people there any more.");
        var rows = new List<PersonRow>();
        await foreach (var batch in reader.ReadPeopleAsync(ct))
        {
            load.Count(batch, 0);
            rows.AddRange(batch.Rows);
        }

        await BringInAsync(rows, load, reader.NameOf, await db.OwnPeople().CountAsync(p => p.Status == PersonStatus.Active, ct), ct);
    }

    /// <summary>Brings rows in that were read; of <paramref name="active"/> people no more than the share that the sender allows may be deactivated.</summary>
    public async Task BringInAsync(IReadOnlyList<PersonRow> rows, ImportLoad load, Func<Field, string> nameOf, int active, CancellationToken ct)
    {
        load.Report("storing", load.Size);
        var plan = new PersonPlan(db, caller, reach, lastAdmin, load.Issues, nameOf);
        await plan.MakeAsync(rows, ct);
        load.Receipt.Rejected += plan.Rejected;
        if (load.IsLost)
            return;
        RefuseMany(plan, load, active);
        try
        {
            await StoreAsync(plan, load, ct);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new JobAgainException("Somebody else changed people of this file, or where they work, meanwhile.", e);
        }
    }

    // A file that was cut off or filtered wrongly must not shut out a district.
    private static void RefuseMany(PersonPlan plan, ImportLoad load, int active)
    {
        var leaving = plan.Kept.Count(p => p.Deactivates);
        if (leaving > active * load.Options.MaxDeactivatedShare)
        {
            throw new ImportFileException(
                ImportLoadCodes.TooManyDeactivated,
                $"The file deactivates {leaving} of {active} active people, more than the share of {load.Options.MaxDeactivatedShare:0.###} that maxDeactivatedShare allows. Look at the file, and send a larger share if it is right.");
        }
    }

    private async Task StoreAsync(PersonPlan plan, ImportLoad load, CancellationToken ct)
    {
        var (now, connection) = (clock.GetUtcNow(), (NpgsqlConnection)db.Database.GetDbConnection());
        await Statements.JoinByHashAsync(connection, ct);
        var changes = plan.Kept.Where(p => p.Known is not null).Select(p => (Planned: p, State: Wanted(p, p.Known!.State, now))).Where(c => c.State != c.Planned.Known!.State).ToList();
        var added = plan.Kept.Where(p => p.Known is null).Select(p => (Planned: p, Id: Guid.CreateVersion7(), State: Wanted(p, new(new(p.Row.Name!), null), now))).ToList();

        // Who leaves gives an address free for who comes.
        var store = new PersonStore(connection, caller.TenantId, now.UtcDateTime);
        foreach (var some in changes.GroupBy(c => c.Planned.Deactivates).OrderByDescending(g => g.Key))
        {
            // Whoever changed or deleted one of them meanwhile was first.
            if (!await store.ChangeAsync(some.Select(c => new PersonStore.Changed(c.Planned.Known!.Id, c.Planned.Known.Version, c.State)), ct))
                throw new JobAgainException("Somebody else changed people of this file meanwhile.");
        }

        await store.AddAsync(added.Select(a => new PersonStore.Added(a.Id, a.State, a.Planned.Row.Person)), ct);
        await sessions.RevokeAllAsync([.. changes.Where(c => c.Planned.Deactivates).Select(c => c.Planned.Known!.Id)], RevocationReason.Deactivated, ct);

        changes.ForEach(c => Record(c.Planned, c.State, load.ImportId));
        added.ForEach(a => audit.Record("person.created", a.Id, a.State.Details.OrganizationId, new { load.ImportId }));
        await audit.WriteAsync(ct);
        var before = changes.Select(c => (c.Planned.Known!.Id, State: (PersonState?)c.Planned.Known.State)).Concat(added.Select(a => (a.Id, State: (PersonState?)null)));
        await new PersonHistory(connection, caller.TenantId, load.ImportId).KeepAsync(before.ToDictionary(p => p.Id, p => p.State), ct);
        load.Receipt.People = new(added.Count, changes.Count, plan.Kept.Count - added.Count - changes.Count);
    }

    private void Record(PlannedPerson planned, PersonState state, Guid importId)
    {
        var (id, said, says) = (planned.Known!.Id, planned.Known.State.Details, state.Details);
        if (says != said)
        {
            // What it was and is are people's data, and not for the trail.
            audit.Record("person.changed", id, says.OrganizationId, new { importId, changed = said.MembersUnlike(says) });
            if (said.OrganizationId != says.OrganizationId && said.OrganizationId is not null)
                audit.Record("person.movedAway", id, said.OrganizationId, new { importId });
        }

        if (planned.Deactivates)
            audit.Record("person.deactivated", id, says.OrganizationId, new { importId });
        else if (planned.Reactivates)
            audit.Record("person.reactivated", id, says.OrganizationId, new { importId });
    }

    // What the row does not say stays as it is.
    private static PersonState Wanted(PlannedPerson planned, PersonState before, DateTimeOffset now)
    {
        var (row, said) = (planned.Row, before.Details);
        var says = new PersonDetails(
            row.Name ?? said.Name, row.Email ?? said.Email, planned.OrganizationId ?? said.OrganizationId, row.Position ?? said.Position,
            row.EmployeeGroup ?? said.EmployeeGroup, row.Language ?? said.Language, row.TimeZone ?? said.TimeZone);
        return new(says, row.Status switch
        {
            PersonStatus.Deactivated => before.DeactivatedAt ?? now,
            PersonStatus.Active => null,
            _ => before.DeactivatedAt,
        });
    }
}
