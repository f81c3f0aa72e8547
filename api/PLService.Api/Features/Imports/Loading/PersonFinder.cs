using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>A person who is stored, as an import needs to know them.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="Version">The version that was read.</param>
/// <param name="State">What is said of them.</param>
/// <param name="IsOwn">Whether they are the sender's to change.</param>
/// <param name="IsReached">Whether the sender sees them.</param>
internal sealed record KnownPerson(Guid Id, long Version, PersonState State, bool IsOwn, bool IsReached)
{
    /// <summary>Whether they may sign in.</summary>
    public bool IsActive => State.DeactivatedAt is null;

    public string? Email => State.Details.Email;
}

/// <summary>Finds all people that a file names, in one query: by outside id or, in rows without, by e-mail address, an active one first.</summary>
internal sealed class PersonFinder(PLServiceDbContext db, Caller caller)
{
    // Active ones and others are sought apart, because each have an index of their own.
    private const string Sql =
        """
        with named as (
            select * from unnest($2::int[], $3::text[], $4::text[], $5::uuid[], $6::text[]) n(place, system, value, id, email)
        ), own as (
            select c.descendant_id as id from pls.organization_closure c where c.tenant_id = $1 and c.ancestor_id = any($7::uuid[])
        ), addressed as (
            select n.place, p.id
            from named n join pls.person p on p.tenant_id = $1 and lower(p.email) = lower(n.email) and p.email is not null and p.status = 'active'
            where n.id is null and n.system is null
        ), found as (
            select n.place, n.id as person_id from named n where n.id is not null
            union all
            select n.place, i.person_id
            from named n join pls.person_identifier i on i.tenant_id = $1 and i.system = n.system and i.value = n.value and i.valid_to is null
            where n.id is null
            union all
            select a.place, a.id from addressed a
            union all
            (select distinct on (n.place) n.place, p.id
             from named n join pls.person p on p.tenant_id = $1 and lower(p.email) = lower(n.email) and p.email is not null and p.status = 'deactivated'
             where n.id is null and n.system is null and n.place not in (select a.place from addressed a)
               and ($7::uuid[] is null or p.organization_id in (select id from own))
             order by n.place, p.deactivated_at desc)
        )
        select f.place, p.id, p.version, p.name, p.email, p.organization_id, p.position, p.employee_group, p.language, p.time_zone,
               case when p.status = 'deactivated' then p.deactivated_at end,
               $7::uuid[] is null or coalesce(p.organization_id in (select id from own), false),
               $7::uuid[] is not null and exists (select from pls.membership m where m.tenant_id = $1 and m.person_id = p.id and m.organization_id in (select id from own))
        from found f join pls.person p on p.tenant_id = $1 and p.id = f.person_id
        """;

    public async Task<Dictionary<T, KnownPerson>> FindAsync<T>(IReadOnlyList<T> rows, CancellationToken ct)
        where T : class, INamesPerson
    {
        await using var command = Statements.Of(
            (NpgsqlConnection)db.Database.GetDbConnection(),
            Sql,
            caller.TenantId,
            Enumerable.Range(0, rows.Count).ToArray(),
            Statements.Texts(rows.Select(row => row.Person?.System)),
            Statements.Texts(rows.Select(row => row.Person?.Value)),
            Statements.Ids(rows.Select(row => row.Person?.Id)),
            Statements.Texts(rows.Select(row => row.Email)),
            Statements.Ids(caller.Roots));
        var found = new Dictionary<T, KnownPerson>(ReferenceEqualityComparer.Instance);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var isOwn = reader.GetBoolean(11);
            found[rows[reader.GetInt32(0)]] = new(reader.GetGuid(1), reader.GetInt64(2), PersonStore.Read(reader, 3), isOwn, isOwn || reader.GetBoolean(12));
        }

        return found;
    }

    /// <summary>Which active person has each of these addresses.</summary>
    public async Task<Dictionary<string, Guid>> HoldersAsync(IReadOnlyList<string> emails, CancellationToken ct)
    {
        await using var command = Statements.Of(
            (NpgsqlConnection)db.Database.GetDbConnection(),
            """
            select n.email, p.id from unnest($2::text[]) n(email)
            join pls.person p on p.tenant_id = $1 and lower(p.email) = lower(n.email) and p.email is not null and p.status = 'active'
            """,
            caller.TenantId,
            Statements.Texts(emails));
        var holders = new Dictionary<string, Guid>(StringComparer.OrdinalIgnoreCase);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            holders[reader.GetString(0)] = reader.GetGuid(1);
        return holders;
    }
}
