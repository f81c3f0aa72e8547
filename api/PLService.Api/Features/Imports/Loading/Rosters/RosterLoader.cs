using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.People;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Features.Imports.Reading.Rosters;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports.Loading.Rosters;

/// <summary>
/// A roster: its organizations first, then its staff, then the role that the sender wants them to have, each by the rules and statements of the kinds of file that
/// bring only these.
/// </summary>
internal sealed class RosterLoader(
    PLServiceDbContext db, ImportSender sender, OrganizationLoader organizations, PersonLoader people, MembershipLoader memberships, RosterIdentifiers identifiers,
    RoleReach reach, LastAdmin lastAdmin) : IRecordLoader
{
    private const int MostNamed = 10;

    public IReadOnlyCollection<ImportKind> Kinds => [ImportKind.OneRoster];

    public async Task LoadAsync(ImportReader reader, ImportLoad load, CancellationToken ct)
    {
        await ResumeAsync(Scopes.OrganizationsWrite, load, ct);
        var places = new List<OrganizationRow>();
        await foreach (var batch in reader.ReadOrganizationsAsync(ct))
        {
            load.Count(batch, 0);
            places.AddRange(batch.Rows);
        }

        await identifiers.AdoptOrganizationsAsync(places, load, ct);
        if (places.Count > 0)
            await organizations.BringInAsync(places, load, ct);
        if (!load.IsLost)
            await identifiers.AddNcesIdsAsync(places, load, ct);
        if (load.Options.Roster!.HasAllOrganizations)
            await TellMissingAsync(places, load, ct);

        await ResumeAsync(Scopes.PeopleWrite, load, ct);
        var staff = new List<PersonRow>();
        await foreach (var batch in reader.ReadPeopleAsync(ct))
        {
            load.Count(batch, 0);
            staff.AddRange(batch.Rows);
        }

        // Where the places are not in, nobody can be found to work there.
        if (!load.IsLost)
            await BringPeopleInAsync(staff, reader, load, ct);
    }

    private async Task BringPeopleInAsync(List<PersonRow> staff, ImportReader reader, ImportLoad load, CancellationToken ct)
    {
        await identifiers.AdoptPeopleAsync(staff, load, ct);
        var system = load.Options.Roster!.System;
        var active = await db.OwnPeople().Where(p => p.Status == PersonStatus.Active)
            .Join(db.PersonIdentifiers.Where(i => i.System == system && i.ValidTo == null), p => p.Id, i => i.PersonId, (p, i) => new { p.Id, i.Value }).ToListAsync(ct);
        var leavers = load.Options.Roster.HasAllPeople
            ? await LeaversAsync([.. active.ExceptBy(staff.Select(row => row.Person!.Value), p => p.Value!).Select(p => (p.Id, p.Value!))], system, load, ct) : [];
        await people.BringInAsync([.. staff, .. leavers], load, reader.NameOf, active.Select(p => p.Id).Distinct().Count(), ct);
        if (!load.IsLost && load.Options.GiveRole is GivenRole.Participant)
            await GiveRolesAsync(staff, reader, load, ct);
    }

    private async Task GiveRolesAsync(List<PersonRow> staff, ImportReader reader, ImportLoad load, CancellationToken ct)
    {
        await memberships.BringInAsync(await RolesAsync(staff, ct), load, reader.NameOf, ct);
        // A role counts as a change of the person: it is the import's own, and stands in the way of no undo.
        await Statements.ExecuteAsync(
            (NpgsqlConnection)db.Database.GetDbConnection(),
            """
            update pls.import_change c set version_after = p.version
            from pls.person p where c.tenant_id = $1 and c.import_id = $2 and c.resource_type = 'person' and p.tenant_id = $1 and p.id = c.resource_id
            """,
            ct,
            db.TenantId,
            load.ImportId);
    }

    private async Task ResumeAsync(string scope, ImportLoad load, CancellationToken ct)
    {
        if (!await sender.ResumeAsync(scope, ct, load.Options.SenderScopes))
            throw new ImportFileException(ImportLoadCodes.SenderLostAccess, "Whoever sent the file may not change organizations and people there any more.");
    }

    // Whom nobody may shut out by file stays, and the roster need not fail over it every night.
    private async Task<List<PersonRow>> LeaversAsync(List<(Guid Id, string Value)> missing, string system, ImportLoad load, CancellationToken ct)
    {
        var ids = missing.ConvertAll(p => p.Id);
        var staying = await reach.NotToShutOutAsync(ids, ct);
        staying.UnionWith(await lastAdmin.AmongAsync(ids, ct));
        if (staying.Count > 0)
        {
            load.Issues.Add(new(
                ImportSeverity.Warning, RosterFaults.NotDeactivated,
                $"{staying.Count} people are missing from the roster but stay: their role is above yours, or nobody else administers the tenant.", 0, 0));
        }

        return
        [
            .. missing.Where(p => !staying.Contains(p.Id))
                .Select(p => new PersonRow(0, 0, new(system, p.Value, null), null, null, null, null, null, null, null, PersonStatus.Deactivated)),
        ];
    }

    // Only of those who are in by now, for the others were told already.
    private async Task<List<MembershipRow>> RolesAsync(List<PersonRow> staff, CancellationToken ct)
    {
        var ofStaff = staff.Where(row => row.Status is not PersonStatus.Deactivated).ToList();
        var values = ofStaff.ConvertAll(row => row.Person!.Value!);
        var system = ofStaff.FirstOrDefault()?.Person!.System;
        var known = await db.PersonIdentifiers.Where(i => i.System == system && i.ValidTo == null && values.Contains(i.Value)).Select(i => i.Value).ToHashSetAsync(ct);
        return
        [
            .. ofStaff.Where(row => known.Contains(row.Person!.Value!))
                .SelectMany(row => row.Places.Select(place => new MembershipRow(row.Record, row.Line, row.Person, null, Role.Participant, place, default, default))),
        ];
    }

    private async Task TellMissingAsync(List<OrganizationRow> places, ImportLoad load, CancellationToken ct)
    {
        var (system, named) = (load.Options.Roster!.System, places.Select(row => row.Organization.Value).ToHashSet(StringComparer.Ordinal));
        var known = await db.ReachableOrganizations().Where(o => o.Status != OrganizationStatus.Closed)
            .Join(db.OrganizationIdentifiers.Where(i => i.System == system && i.ValidTo == null), o => o.Id, i => i.OrganizationId, (o, i) => i.Value).ToListAsync(ct);
        var missing = known.Where(value => !named.Contains(value)).Order(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            load.Issues.Add(new(
                ImportSeverity.Warning, RosterFaults.OrganizationsMissing,
                $"{missing.Count} organizations of this source are missing from the roster and stay as they are. Close those that are gone.", 0, 0, "orgs.csv: sourcedId",
                ImportIssue.Cut(string.Join(", ", missing.Take(MostNamed)))));
        }
    }
}
