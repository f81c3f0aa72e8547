using Npgsql;
using NpgsqlTypes;
using PLService.Api.Domain.People;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>Stores people some thousand a statement.</summary>
internal sealed class PersonStore(NpgsqlConnection connection, Guid tenantId, DateTime now)
{
    private const int Rows = 5_000;

    /// <summary>A person to be added, with the outside id by which the file names them.</summary>
    internal sealed record Added(Guid Id, PersonState State, PersonReference? Identifier);

    /// <summary>A person to be changed at the version that was read.</summary>
    internal sealed record Changed(Guid Id, long Version, PersonState State);

    /// <summary>The columns from <paramref name="at"/> on: name, email, organization, position, employee group, language, time zone, deactivated at.</summary>
    public static PersonState Read(NpgsqlDataReader row, int at) => new(
        new(
            row.GetString(at), TextOf(row, at + 1), row.IsDBNull(at + 2) ? null : row.GetGuid(at + 2), TextOf(row, at + 3),
            TextOf(row, at + 4) is { } group ? EnumText.Parse<EmployeeGroup>(group) : null, row.GetString(at + 5), TextOf(row, at + 6)),
        row.IsDBNull(at + 7) ? null : row.GetFieldValue<DateTimeOffset>(at + 7));

    public async Task AddAsync(IEnumerable<Added> people, CancellationToken ct)
    {
        foreach (var some in people.Chunk(Rows))
        {
            await ExecuteAsync(
                """
                with new as (
                    select * from unnest($3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::uuid[], $13::text[], $14::text[])
                           n(id, name, email, organization_id, position, employee_group, language, time_zone, deactivated_at, identifier_id, system, value)
                ), added as (
                    insert into pls.person (tenant_id, id, organization_id, name, email, position, employee_group, language, time_zone, status, deactivated_at, created_at, updated_at)
                    select $1, id, organization_id, name, email, position, employee_group, language, time_zone,
                           case when deactivated_at is null then 'active' else 'deactivated' end, deactivated_at, $2, $2
                    from new
                )
                insert into pls.person_identifier (tenant_id, id, person_id, system, value)
                select $1, identifier_id, id, system, value from new where system is not null
                """,
                some.Select(p => p.Id),
                some.Select(p => p.State),
                ct,
                some.Select(_ => Guid.CreateVersion7()).ToArray(),
                Statements.Texts(some.Select(p => p.Identifier?.System)),
                Statements.Texts(some.Select(p => p.Identifier?.Value)));
        }
    }

    /// <summary>False when one of them is not as it was read any more: the transaction is to be given up.</summary>
    public async Task<bool> ChangeAsync(IEnumerable<Changed> people, CancellationToken ct)
    {
        foreach (var some in people.OrderBy(p => p.Id).Chunk(Rows))
        {
            var changed = await ExecuteAsync(
                """
                update pls.person p
                set name = n.name, email = n.email, organization_id = n.organization_id, position = n.position, employee_group = n.employee_group, language = n.language,
                    time_zone = n.time_zone, status = case when n.deactivated_at is null then 'active' else 'deactivated' end, deactivated_at = n.deactivated_at,
                    version = p.version + 1, updated_at = $2
                from unnest($3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::bigint[])
                     n(id, name, email, organization_id, position, employee_group, language, time_zone, deactivated_at, version)
                where p.tenant_id = $1 and p.id = n.id and p.version = n.version
                """,
                some.Select(p => p.Id),
                some.Select(p => p.State),
                ct,
                some.Select(p => p.Version).ToArray());
            if (changed < some.Length)
                return false;
        }

        return true;
    }

    private Task<int> ExecuteAsync(string sql, IEnumerable<Guid> ids, IEnumerable<PersonState> states, CancellationToken ct, params object[] more)
    {
        var of = states.ToArray();
        return Statements.ExecuteAsync(
            connection,
            sql,
            ct,
            [
                tenantId,
                now,
                ids.ToArray(),
                of.Select(s => s.Details.Name).ToArray(),
                Statements.Texts(of.Select(s => s.Details.Email)),
                Statements.Ids(of.Select(s => s.Details.OrganizationId)),
                Statements.Texts(of.Select(s => s.Details.Position)),
                Statements.Texts(of.Select(s => s.Details.EmployeeGroup is { } group ? EnumText.Of(group) : null)),
                of.Select(s => s.Details.Language).ToArray(),
                Statements.Texts(of.Select(s => s.Details.TimeZone)),
                Statements.Many(of.Select(s => s.DeactivatedAt?.UtcDateTime).ToArray(), NpgsqlDbType.TimestampTz),
                .. more,
            ]);
    }

    private static string? TextOf(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null : row.GetString(at);
}
