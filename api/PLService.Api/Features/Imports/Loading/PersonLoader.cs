using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.Auditing;
using PLService.Api.Domain.People;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>
/// People, recognized by outside id or e-mail address: new ones are added without any role, known ones changed where the file says something else,
/// and whom or what it does not name is left alone.
/// </summary>
internal sealed class PersonLoader(
    PLServiceDbContext db, Caller caller, ImportSender sender, RoleReach reach, LastAdmin lastAdmin, PersonSessions sessions, AuditTrail audit, TimeProvider clock) : IRecordLoader
{
    private const int AtATime = 1_000;

    private readonly Dictionary<Guid, PersonState?> _before = [];

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

        load.Report("storing", load.Size);
        var plan = new PersonPlan(db, caller, reach, lastAdmin, load.Issues, reader.NameOf);
        await plan.MakeAsync(rows, ct);
        load.Receipt.Rejected += plan.Rejected;
        if (load.IsLost)
            return;
        await RefuseManyAsync(plan, load, ct);
        try
        {
            await StoreAsync(plan, load, ct);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new JobAgainException("Somebody else changed people of this file meanwhile.", e);
        }
    }

    // A file that was cut off or filtered wrongly must not shut out a district.
    private async Task RefuseManyAsync(PersonPlan plan, ImportLoad load, CancellationToken ct)
    {
        var leaving = plan.Kept.Count(p => p.Deactivates);
        if (leaving == 0)
            return;
        var active = await db.OwnPeople().CountAsync(p => p.Status == PersonStatus.Active, ct);
        if (leaving > active * load.Options.MaxDeactivatedShare)
        {
            throw new ImportFileException(
                ImportLoadCodes.TooManyDeactivated,
                $"The file deactivates {leaving} of {active} active people, more than the share of {load.Options.MaxDeactivatedShare:0.###} that maxDeactivatedShare allows. Look at the file, and send a larger share if it is right.");
        }
    }

    private async Task StoreAsync(PersonPlan plan, ImportLoad load, CancellationToken ct)
    {
        // Who leaves gives an address free for who comes.
        foreach (var some in plan.Kept.Where(p => p.Deactivates).Chunk(AtATime))
            await ChangeAsync(some, load.ImportId, ct);
        foreach (var some in plan.Kept.Where(p => p is { Known: not null, Deactivates: false }).Chunk(AtATime))
            await ChangeAsync(some, load.ImportId, ct);
        var updated = _before.Count;
        foreach (var some in plan.Kept.Where(p => p.Known is null).Chunk(AtATime))
            await AddAsync(some, load.ImportId, ct);

        await new PersonHistory((NpgsqlConnection)db.Database.GetDbConnection(), caller.TenantId, load.ImportId).KeepAsync(_before, ct);
        load.Receipt.People = new(_before.Count - updated, updated, plan.Kept.Count - _before.Count);
    }

    private async Task ChangeAsync(PlannedPerson[] some, Guid importId, CancellationToken ct)
    {
        var ids = some.Select(p => p.Known!.Id).ToList();
        var people = await db.People.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        foreach (var planned in some)
        {
            // Whoever deleted the person meanwhile was first.
            if (!people.TryGetValue(planned.Known!.Id, out var person))
                throw new JobAgainException("Somebody else deleted people of this file meanwhile.", new DbUpdateConcurrencyException());
            Change(person, planned, importId);
        }

        await db.SaveChangesAsync(ct);
        if (some[0].Deactivates)
            await sessions.RevokeAllAsync(ids, RevocationReason.Deactivated, ct);
        Forget();
    }

    private void Change(Person person, PlannedPerson planned, Guid importId)
    {
        var (state, said) = (PersonState.Of(person), person.Details());
        var wanted = Merge(said, planned);
        if (wanted != said)
        {
            person.Change(wanted);
            // What it was and is are people's data, and not for the trail.
            audit.Record("person.changed", person.Id, person.OrganizationId, new { importId, changed = db.ChangedMembersOf(person) });
            if (said.OrganizationId != wanted.OrganizationId && said.OrganizationId is not null)
                audit.Record("person.movedAway", person.Id, said.OrganizationId, new { importId });
        }

        if (planned.Deactivates && person.Deactivate(clock.GetUtcNow()) is null)
            audit.Record("person.deactivated", person.Id, person.OrganizationId, new { importId });
        else if (planned.Reactivates && person.Reactivate() is null)
            audit.Record("person.reactivated", person.Id, person.OrganizationId, new { importId });
        if (PersonState.Of(person) != state)
            _before.Add(person.Id, state);
    }

    private async Task AddAsync(PlannedPerson[] some, Guid importId, CancellationToken ct)
    {
        foreach (var planned in some)
        {
            var person = Person.Create(Merge(new(planned.Row.Name!), planned));
            if (planned.Row.Status is PersonStatus.Deactivated)
                person.Deactivate(clock.GetUtcNow());
            db.Add(person);
            if (planned.Row.Person is { System: { } system, Value: { } value })
                db.Add(new PersonIdentifier { PersonId = person.Id, System = system, Value = value });
            audit.Record("person.created", person.Id, person.OrganizationId, new { importId });
            _before.Add(person.Id, null);
        }

        await db.SaveChangesAsync(ct);
        Forget();
    }

    private static PersonDetails Merge(PersonDetails said, PlannedPerson planned)
    {
        var row = planned.Row;
        return new(
            row.Name ?? said.Name, row.Email ?? said.Email, planned.OrganizationId ?? said.OrganizationId, row.Position ?? said.Position,
            row.EmployeeGroup ?? said.EmployeeGroup, row.Language ?? said.Language, row.TimeZone ?? said.TimeZone);
    }

    // What is stored need not be compared again with each thousand.
    private void Forget()
    {
        foreach (var entry in db.ChangeTracker.Entries().Where(entry => entry.Entity is Person or PersonIdentifier or AuditEvent).ToList())
            entry.State = EntityState.Detached;
    }
}
