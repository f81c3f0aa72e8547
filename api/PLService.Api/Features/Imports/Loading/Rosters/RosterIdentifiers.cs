using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Features.Imports.Reading.Rosters;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports.Loading.Rosters;

/// <summary>
/// Outside ids that a roster gives to organizations and people who were there before it: found by NCES number or e-mail address the first time, and by
/// sourcedId from then on. What is given is kept with the import, so that its undo takes it away.
/// </summary>
internal sealed class RosterIdentifiers(PLServiceDbContext db, Caller caller, AuditBatch audit)
{
    private const string Nces = "nces";

    private NpgsqlConnection Connection => (NpgsqlConnection)db.Database.GetDbConnection();

    /// <summary>Gives the sourcedId to organizations that are known by their NCES number alone.</summary>
    public async Task AdoptOrganizationsAsync(IReadOnlyList<OrganizationRow> rows, ImportLoad load, CancellationToken ct)
    {
        var numbered = rows.Where(row => row.NcesId is not null).ToList();
        var known = await new OrganizationFinder(db, caller).FindAsync(numbered.SelectMany(row => new[] { row.Organization, new(Nces, row.NcesId, null) }), ct);
        var given = new Dictionary<Guid, string>();
        foreach (var row in numbered)
        {
            var byNumber = known.GetValueOrDefault(new(Nces, row.NcesId, null));
            var there = known.GetValueOrDefault(row.Organization);
            if (byNumber is { IsReached: true } && there is null && given.TryAdd(byNumber.Id, row.Organization.Value!))
                continue;
            if (byNumber is not null && byNumber.Id != there?.Id)
                load.Issues.Add(new(ImportSeverity.Warning, RosterFaults.OtherNcesId, "Another organization has this NCES number; it was passed over.", row.Line, row.Record, "orgs.csv: identifier", row.NcesId));
        }

        await AddAsync("organization", [.. given.Select(pair => (pair.Key, load.Options.Roster!.System, pair.Value))], load.ImportId, ct);
        await BumpAsync("organization", [.. given.Keys], load.ImportId, ct);
    }

    /// <summary>Adds the NCES number to organizations of the roster that have none and whose number nobody else has.</summary>
    public async Task AddNcesIdsAsync(IReadOnlyList<OrganizationRow> rows, ImportLoad load, CancellationToken ct)
    {
        var numbered = rows.Where(row => row.NcesId is not null).DistinctBy(row => row.NcesId).ToList();
        var known = await new OrganizationFinder(db, caller).FindAsync(numbered.SelectMany(row => new[] { row.Organization, new(Nces, row.NcesId, null) }), ct);
        var free = numbered.Where(row => known.ContainsKey(row.Organization) && !known.ContainsKey(new(Nces, row.NcesId, null))).Select(row => (known[row.Organization].Id, row.NcesId)).DistinctBy(o => o.Id).ToList();
        var ids = free.ConvertAll(o => o.Id);
        var numberedBefore = await db.OrganizationIdentifiers.Where(i => i.System == Nces && i.ValidTo == null && ids.Contains(i.OrganizationId)).Select(i => i.OrganizationId).ToHashSetAsync(ct);
        free.RemoveAll(o => numberedBefore.Contains(o.Id));
        await AddAsync("organization", [.. free.Select(o => (o.Id, Nces, o.NcesId!))], load.ImportId, ct);
        await BumpAsync("organization", [.. free.Select(o => o.Id)], load.ImportId, ct);
    }

    /// <summary>Gives the sourcedId to people who are the sender's to change, active, and known by their e-mail address alone.</summary>
    public async Task AdoptPeopleAsync(IReadOnlyList<PersonRow> rows, ImportLoad load, CancellationToken ct)
    {
        var system = load.Options.Roster!.System;
        var finder = new PersonFinder(db, caller);
        var known = await finder.FindAsync(rows, ct);
        var unknown = rows.Where(row => row.Email is not null && !known.ContainsKey(row)).Select(row => row with { Person = null }).ToList();
        var byEmail = (await finder.FindAsync(unknown, ct)).Where(pair => pair.Value is { IsOwn: true, IsActive: true }).ToList();
        var ids = byEmail.ConvertAll(pair => pair.Value.Id);
        // Whom the source already names by another id is somebody else to it.
        var named = await db.PersonIdentifiers.Where(i => i.System == system && i.ValidTo == null && ids.Contains(i.PersonId)).Select(i => i.PersonId).ToHashSetAsync(ct);
        var values = rows.Where(row => row.Email is not null).ToLookup(row => row.Email!, row => row.Person!.Value!, StringComparer.OrdinalIgnoreCase);
        var given = byEmail.Where(pair => !named.Contains(pair.Value.Id)).Select(pair => (pair.Value.Id, system, values[pair.Key.Email!].First())).DistinctBy(p => p.Id).ToList();
        await AddAsync("person", given, load.ImportId, ct);
        await BumpAsync("person", [.. given.Select(p => p.Id)], load.ImportId, ct);
    }

    /// <summary>Takes away what an import gave, as far as it is still there.</summary>
    public async Task<DomainError?> UndoAsync(Guid importId, CancellationToken ct)
    {
        foreach (var owner in new[] { "organization", "person" })
        {
            await Statements.ExecuteAsync(
                Connection,
                $"""
                with gone as (
                    delete from pls.{owner}_identifier i using pls.import_change c
                    where c.tenant_id = $1 and c.import_id = $2 and c.resource_type = '{owner}Identifier' and i.tenant_id = $1 and i.id = c.resource_id
                    returning i.{owner}_id as id
                )
                update pls.{owner} o set version = o.version + 1 from (select distinct id from gone) g where o.tenant_id = $1 and o.id = g.id
                """,
                ct,
                caller.TenantId,
                importId);
        }

        return null;
    }

    private async Task AddAsync(string owner, IReadOnlyList<(Guid Id, string System, string Value)> given, Guid importId, CancellationToken ct)
    {
        if (given.Count == 0)
            return;
        await Statements.ExecuteAsync(
            Connection,
            $"""
            with new as (select * from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[]) n(id, owner_id, system, value)),
            named as (
                insert into pls.{owner}_identifier (tenant_id, id, {owner}_id, system, value) select $1, id, owner_id, system, value from new
            )
            insert into pls.import_change (tenant_id, import_id, resource_type, resource_id, version_after)
            select $1, $2, '{owner}Identifier', id, 0 from new
            """,
            ct,
            caller.TenantId,
            importId,
            given.Select(_ => Guid.CreateVersion7()).ToArray(),
            given.Select(g => g.Id).ToArray(),
            given.Select(g => g.System).ToArray(),
            given.Select(g => g.Value).ToArray());
        foreach (var (id, system, value) in given)
            audit.Record($"{owner}.identifierAdded", id, owner is "organization" ? id : null, new { system, value, importId });
        await audit.WriteAsync(ct);
    }

    // An id is part of what is read of its owner. Of those whom the same import made it is no change.
    private Task BumpAsync(string owner, Guid[] ids, Guid importId, CancellationToken ct) => Statements.ExecuteAsync(
        Connection,
        $"""
        with changed as (
            update pls.{owner} o set version = o.version + 1
            where o.tenant_id = $1 and o.id = any($3)
              and not exists (select from pls.import_change c where c.tenant_id = $1 and c.import_id = $2 and c.resource_type = '{owner}' and c.resource_id = o.id and c.before is null)
            returning o.id
        )
        update pls.import_change c set version_after = c.version_after + 1
        from changed where c.tenant_id = $1 and c.import_id = $2 and c.resource_type = '{owner}' and c.resource_id = changed.id
        """,
        ct,
        caller.TenantId,
        importId,
        ids);
}
