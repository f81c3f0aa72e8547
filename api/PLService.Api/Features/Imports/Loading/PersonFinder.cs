using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>A person who is stored, as an import needs to know them.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="Email">The address.</param>
/// <param name="IsActive">Whether they may sign in.</param>
/// <param name="IsOwn">Whether they are the sender's to change.</param>
/// <param name="IsReached">Whether the sender sees them.</param>
internal sealed record KnownPerson(Guid Id, string? Email, bool IsActive, bool IsOwn, bool IsReached);

/// <summary>Finds all people that a file names, in one query: by outside id or, in rows without, by e-mail address, an active one first.</summary>
internal sealed class PersonFinder(PLServiceDbContext db, Caller caller)
{
    private const string Sql =
        """
        with named as (
            select * from unnest($2::int[], $3::text[], $4::text[], $5::uuid[], $6::text[]) n(place, system, value, id, email)
        ), own as (
            select c.descendant_id as id from pls.organization_closure c where c.tenant_id = $1 and c.ancestor_id = any($7::uuid[])
        ), found as (
            select n.place, coalesce(n.id, i.person_id) as person_id
            from named n
            left join pls.person_identifier i on i.tenant_id = $1 and i.system = n.system and i.value = n.value and i.valid_to is null
            where n.id is not null or n.system is not null
            union all
            (select distinct on (n.place) n.place, p.id
             from named n join pls.person p on p.tenant_id = $1 and lower(p.email) = lower(n.email)
             where n.id is null and n.system is null
               and (p.status = 'active' or $7::uuid[] is null or p.organization_id in (select id from own))
             order by n.place, p.status = 'active' desc, p.deactivated_at desc)
        )
        select f.place, p.id, p.email, p.status = 'active', $7::uuid[] is null or coalesce(p.organization_id in (select id from own), false),
               exists (select from pls.membership m where m.tenant_id = $1 and m.person_id = p.id and m.organization_id in (select id from own))
        from found f join pls.person p on p.tenant_id = $1 and p.id = f.person_id
        """;

    public async Task<Dictionary<PersonRow, KnownPerson>> FindAsync(IReadOnlyList<PersonRow> rows, CancellationToken ct)
    {
        await using var command = Statements.Of(
            (NpgsqlConnection)db.Database.GetDbConnection(),
            Sql,
            caller.TenantId,
            Enumerable.Range(0, rows.Count).ToArray(),
            Text(rows.Select(row => row.Person?.System)),
            Text(rows.Select(row => row.Person?.Value)),
            new NpgsqlParameter { Value = rows.Select(row => row.Person?.Id).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
            Text(rows.Select(row => row.Email)),
            new NpgsqlParameter { Value = (object?)caller.Roots ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        var found = new Dictionary<PersonRow, KnownPerson>(ReferenceEqualityComparer.Instance);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var isOwn = reader.GetBoolean(4);
            found[rows[reader.GetInt32(0)]] = new(reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetBoolean(3), isOwn, isOwn || reader.GetBoolean(5));
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
            Text(emails));
        var holders = new Dictionary<string, Guid>(StringComparer.OrdinalIgnoreCase);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            holders[reader.GetString(0)] = reader.GetGuid(1);
        return holders;
    }

    private static NpgsqlParameter Text(IEnumerable<string?> values) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
