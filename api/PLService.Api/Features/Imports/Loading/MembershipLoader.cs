using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>
/// Roles of people, recognized by person, role and place: new ones are given, known ones get the days that the file says, and roles that it does not
/// name are left alone.
/// </summary>
internal sealed class MembershipLoader(
    PLServiceDbContext db, Caller caller, ImportSender sender, RoleReach reach, LastAdmin lastAdmin, AuditBatch audit, TimeProvider clock) : IRecordLoader
{
    public IReadOnlyCollection<ImportKind> Kinds => [ImportKind.Memberships];

    public async Task LoadAsync(ImportReader reader, ImportLoad load, CancellationToken ct)
    {
        if (!await sender.ResumeAsync(Scopes.PeopleWrite, ct, load.Options.SenderScopes))
            throw new ImportFileException(ImportLoadCodes.SenderLostAccess, "Whoever sent the file may not give roles there any more.");
        var rows = new List<MembershipRow>();
        await foreach (var batch in reader.ReadMembershipsAsync(ct))
        {
            load.Count(batch, 0);
            rows.AddRange(batch.Rows);
        }

        await BringInAsync(rows, load, reader.NameOf, ct);
    }

    /// <summary>Brings rows in that were read.</summary>
    public async Task BringInAsync(IReadOnlyList<MembershipRow> rows, ImportLoad load, Func<Field, string> nameOf, CancellationToken ct)
    {
        load.Report("storing", load.Size);
        var now = clock.GetUtcNow();
        var store = new MembershipStore((NpgsqlConnection)db.Database.GetDbConnection(), caller.TenantId, now.UtcDateTime);
        var plan = new MembershipPlan(reach, lastAdmin, load.Issues, nameOf, DateOnly.FromDateTime(now.UtcDateTime));
        plan.Resolve(
            rows,
            await new PersonFinder(db, caller).FindAsync(rows, ct),
            await new OrganizationFinder(db, caller).FindAsync(rows.Select(row => row.Organization).OfType<OrganizationReference>(), ct));
        var (stored, active) = await store.LockAsync([.. plan.Kept.Select(p => p.PersonId).Distinct()], ct);
        await plan.CompareAsync(stored, active, ct);
        load.Receipt.Rejected += plan.Rejected;
        load.Receipt.Repeated += plan.Repeated;
        if (load.IsLost)
            return;
        try
        {
            await StoreAsync(store, plan, load, ct);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new JobAgainException("Somebody else changed people, roles or organizations of this file meanwhile.", e);
        }
    }

    private async Task StoreAsync(MembershipStore store, MembershipPlan plan, ImportLoad load, CancellationToken ct)
    {
        var added = plan.Kept.Where(p => p.Stored is null).Select(p => new StoredMembership(Guid.CreateVersion7(), p.PersonId, p.Grant, 1, p.Days)).ToList();
        var changed = plan.Kept.Where(p => p is { Stored: not null, IsChanged: true }).Select(p => (Membership: p.Stored!, p.Days)).ToList();
        await Statements.JoinByHashAsync((NpgsqlConnection)db.Database.GetDbConnection(), ct);
        await store.AddAsync(added, ct);
        if (!await store.ChangeAsync(changed, ct))
            throw new JobAgainException("Somebody else changed roles of this file meanwhile.");

        List<Guid> people = [.. added.Select(m => m.PersonId), .. changed.Select(c => c.Membership.PersonId)];
        await store.TouchAsync(people, ct);
        db.GrantsChanged.UnionWith(people);
        added.ForEach(m => Record("membership.created", m, m.Days, load.ImportId));
        changed.ForEach(c => Record("membership.changed", c.Membership, c.Days, load.ImportId));
        await audit.WriteAsync(ct);
        var before = added.Select(m => (m.Id, Days: (MembershipDays?)null)).Concat(changed.Select(c => (c.Membership.Id, Days: (MembershipDays?)c.Membership.Days)));
        await store.KeepAsync(load.ImportId, before.ToDictionary(m => m.Id, m => m.Days), ct);
        load.Receipt.Memberships = new(added.Count, changed.Count, plan.Kept.Count - added.Count - changed.Count);
    }

    private void Record(string action, StoredMembership membership, MembershipDays days, Guid importId) => audit.Record(
        action, membership.Id, membership.Grant.OrganizationId,
        new { membership.PersonId, Role = EnumText.Of(membership.Grant.Role), days.StartsOn, days.EndsOn, importId });
}
