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
    // Looked up row by row, each by its index: of a table that an import has just filled there are no statistics yet, and joins that they
    // promise to be short are not. Active ones and others have an index each; what is sought is made before, because below row-level
    // security an index is used for nothing that has a function in it.
    private const string Sql =
        """
        with named as materialized (
            select n.place, n.system, n.value, n.id, lower(n.email) as email_key
            from unnest($2::int[], $3::text[], $4::text[], $5::uuid[], $6::text[]) n(place, system, value, id, email)
        ), own as materialized (
            select c.descendant_id as id from pls.organization_closure c where c.tenant_id = $1 and c.ancestor_id = any($7::uuid[])
        ), found as materialized (
            select n.place, case
                when n.id is not null then n.id
                when n.system is not null then
                    (select i.person_id from pls.person_identifier i where i.tenant_id = $1 and i.system = n.system and i.value = n.value and i.valid_to is null)
                else coalesce(
                    (select p.id from pls.person p where p.tenant_id = $1 and p.email_key = n.email_key and p.status = 'active'),
                    (select p.id from pls.person p
                     where p.tenant_id = $1 and p.email_key = n.email_key and p.status = 'deactivated' and ($7::uuid[] is null or p.organization_id in (select id from own))
                     order by p.deactivated_at desc limit 1)) end as person_id
            from named n
        )
        select f.place, p.id, p.version, p.name, p.email, p.organization_id, p.position, p.employee_group, p.language, p.time_zone,
               case when p.status = 'deactivated' then p.deactivated_at end,
               $7::uuid[] is null or coalesce(p.organization_id in (select id from own), false),
               $7::uuid[] is not null and exists (select from pls.membership m where m.tenant_id = $1 and m.person_id = p.id and m.organization_id in (select id from own))
        from found f cross join lateral (select * from pls.person p where p.tenant_id = $1 and p.id = f.person_id limit 1) p
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
            with named as materialized (select e as email, lower(e) as email_key from unnest($2::text[]) e)
            select n.email, p.id
            from named n cross join lateral (select p.id from pls.person p where p.tenant_id = $1 and p.email_key = n.email_key and p.status = 'active' limit 1) p
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
