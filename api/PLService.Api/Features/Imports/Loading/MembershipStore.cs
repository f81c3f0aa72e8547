using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>First and last day of a role.</summary>
internal sealed record MembershipDays(DateOnly? StartsOn, DateOnly? EndsOn)
{
    public bool HoldOn(DateOnly today) => (StartsOn is null || StartsOn <= today) && (EndsOn is null || EndsOn >= today);

    /// <summary>Whether these days in place of <paramref name="earlier"/> take the role, at once or in years to come.</summary>
    public bool TakeFrom(MembershipDays earlier, DateOnly today) => !HoldOn(today) || (EndsOn ?? DateOnly.MaxValue) < (earlier.EndsOn ?? DateOnly.MaxValue);
}

/// <summary>A role that is stored.</summary>
internal sealed record StoredMembership(Guid Id, Guid PersonId, Grant Grant, long Version, MembershipDays Days);

/// <summary>Reads and stores roles of many people at once, some thousand a statement; each change counts as one of the person.</summary>
internal sealed class MembershipStore(NpgsqlConnection connection, Guid tenantId, DateTime now)
{
    private const int Rows = 5_000;

    /// <summary>All roles of these people, and who of them is active. Nobody else changes either before the transaction ends.</summary>
    public async Task<(List<StoredMembership> Memberships, HashSet<Guid> Active)> LockAsync(Guid[] people, CancellationToken ct)
    {
        var active = new HashSet<Guid>();
        await using (var command = Statements.Of(
            connection, "select id, status = 'active' from pls.person where tenant_id = $1 and id = any($2) order by id for no key update", tenantId, people))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                if (reader.GetBoolean(1))
                    active.Add(reader.GetGuid(0));
            }
        }

        return (await ReadAsync("select id, person_id, role, organization_id, version, starts_on, ends_on from pls.membership where tenant_id = $1 and person_id = any($2)", people, ct), active);
    }

    /// <summary>The roles with these ids, those that are still there.</summary>
    public Task<List<StoredMembership>> FindAsync(Guid[] ids, CancellationToken ct) => ReadAsync(
        "select id, person_id, role, organization_id, version, starts_on, ends_on from pls.membership where tenant_id = $1 and id = any($2)", ids, ct);

    public async Task AddAsync(IEnumerable<StoredMembership> memberships, CancellationToken ct)
    {
        foreach (var some in memberships.Chunk(Rows))
        {
            await Statements.ExecuteAsync(
                connection,
                """
                insert into pls.membership (tenant_id, id, person_id, role, organization_id, starts_on, ends_on, created_at, updated_at)
                select $1, n.id, n.person_id, n.role, n.organization_id, n.starts_on, n.ends_on, $2, $2
                from unnest($3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::date[], $8::date[]) n(id, person_id, role, organization_id, starts_on, ends_on)
                """,
                ct,
                tenantId,
                now,
                some.Select(m => m.Id).ToArray(),
                some.Select(m => m.PersonId).ToArray(),
                some.Select(m => EnumText.Of(m.Grant.Role)).ToArray(),
                Statements.Ids(some.Select(m => m.Grant.OrganizationId)),
                Statements.Many(some.Select(m => m.Days.StartsOn).ToArray(), NpgsqlDbType.Date),
                Statements.Many(some.Select(m => m.Days.EndsOn).ToArray(), NpgsqlDbType.Date));
        }
    }

    /// <summary>Gives each the days beside it. False when one is not as it was read any more: the transaction is to be given up.</summary>
    public async Task<bool> ChangeAsync(IEnumerable<(StoredMembership Membership, MembershipDays Days)> changes, CancellationToken ct)
    {
        foreach (var some in changes.Chunk(Rows))
        {
            var changed = await Statements.ExecuteAsync(
                connection,
                """
                update pls.membership m set starts_on = n.starts_on, ends_on = n.ends_on, version = m.version + 1, updated_at = $2
                from unnest($3::uuid[], $4::bigint[], $5::date[], $6::date[]) n(id, version, starts_on, ends_on)
                where m.tenant_id = $1 and m.id = n.id and m.version = n.version
                """,
                ct,
                tenantId,
                now,
                some.Select(c => c.Membership.Id).ToArray(),
                some.Select(c => c.Membership.Version).ToArray(),
                Statements.Many(some.Select(c => c.Days.StartsOn).ToArray(), NpgsqlDbType.Date),
                Statements.Many(some.Select(c => c.Days.EndsOn).ToArray(), NpgsqlDbType.Date));
            if (changed < some.Length)
                return false;
        }

        return true;
    }

    public Task<int> DeleteAsync(Guid[] ids, CancellationToken ct) =>
        Statements.ExecuteAsync(connection, "delete from pls.membership where tenant_id = $1 and id = any($2)", ct, tenantId, ids);

    /// <summary>Counts what was changed as a change of these people, who are read together with their roles.</summary>
    public Task TouchAsync(IEnumerable<Guid> people, CancellationToken ct) => Statements.ExecuteAsync(
        connection, "update pls.person set version = version + 1, updated_at = $2 where tenant_id = $1 and id = any($3)", ct, tenantId, now, people.Distinct().ToArray());

    /// <summary>Keeps the days before, null for new roles, so that the import can be undone.</summary>
    public Task KeepAsync(Guid importId, IReadOnlyDictionary<Guid, MembershipDays?> before, CancellationToken ct) => Statements.ExecuteAsync(
        connection,
        """
        insert into pls.import_change (tenant_id, import_id, resource_type, resource_id, version_after, before)
        select $1, $2, 'membership', m.id, m.version, c.before
        from unnest($3::uuid[], $4::jsonb[]) c(id, before) join pls.membership m on m.tenant_id = $1 and m.id = c.id
        """,
        ct,
        tenantId,
        importId,
        before.Keys.ToArray(),
        Statements.Many(before.Values.Select(days => days is null ? null : JsonSerializer.Serialize(days, JsonSerializerOptions.Web)).ToArray(), NpgsqlDbType.Jsonb));

    /// <summary>The roles of an import with their days before; null for those that it gave.</summary>
    public async Task<Dictionary<Guid, MembershipDays?>> KeptAsync(Guid importId, CancellationToken ct)
    {
        await using var command = Statements.Of(
            connection, "select resource_id, before::text from pls.import_change where tenant_id = $1 and import_id = $2 and resource_type = 'membership'", tenantId, importId);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var kept = new Dictionary<Guid, MembershipDays?>();
        while (await reader.ReadAsync(ct))
            kept[reader.GetGuid(0)] = reader.IsDBNull(1) ? null : JsonSerializer.Deserialize<MembershipDays>(reader.GetString(1), JsonSerializerOptions.Web);
        return kept;
    }

    private async Task<List<StoredMembership>> ReadAsync(string sql, Guid[] ids, CancellationToken ct)
    {
        await using var command = Statements.Of(connection, sql, tenantId, ids);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<StoredMembership>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(new(
                reader.GetGuid(0), reader.GetGuid(1), new(EnumText.Parse<Role>(reader.GetString(2)), reader.IsDBNull(3) ? null : reader.GetGuid(3)), reader.GetInt64(4),
                new(DayOf(reader, 5), DayOf(reader, 6))));
        }

        return found;
    }

    private static DateOnly? DayOf(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null : row.GetFieldValue<DateOnly>(at);
}
