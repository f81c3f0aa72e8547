using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>Inserts new organizations with their ids and their pairs of the closure table, some thousand a statement.</summary>
internal sealed class OrganizationPlanting(NpgsqlConnection connection, Caller caller, Guid importId, DateTime now)
{
    private const int Rows = 5_000;

    public async Task PlantAsync(IReadOnlyList<PlantedOrganization> created, CancellationToken ct)
    {
        foreach (var some in created.Chunk(Rows))
        {
            await InsertAsync(some, ct);
            // A level at a time: the pairs of a parent have to be there before its children's are made.
            foreach (var level in some.GroupBy(p => p.Depth).OrderBy(g => g.Key))
                await PairAsync([.. level], ct);
        }
    }

    private Task InsertAsync(PlantedOrganization[] some, CancellationToken ct) => Statements.ExecuteAsync(
        connection,
        """
        with new as (
            select * from unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::date[], $10::text[], $11::text[], $12::uuid[], $13::uuid[])
                   n(id, parent_id, kind, name, time_zone, opened_on, system, value, identifier_id, audit_id)
        ), planted as (
            insert into pls.organization (tenant_id, id, parent_id, kind, name, status, time_zone, opened_on, created_at, updated_at)
            select $1, id, parent_id, kind, name, 'active', time_zone, opened_on, $2, $2 from new returning id
        ), named as (
            insert into pls.organization_identifier (tenant_id, id, organization_id, system, value)
            select $1, identifier_id, id, system, value from new returning id
        ), kept as (
            insert into pls.import_change (tenant_id, import_id, resource_type, resource_id, version_after)
            select $1, $3, 'organization', id, 1 from new returning resource_id
        )
        insert into pls.audit_event (tenant_id, id, at, api_client_id, person_id, organization_id, action, resource_type, resource_id, detail)
        select $1, audit_id, $2, $14, $15, id, 'organization.created', 'organization', id, jsonb_build_object('importId', $3::uuid, 'name', name) from new
        """,
        ct,
        caller.TenantId,
        now,
        importId,
        some.Select(p => p.Id).ToArray(),
        Typed(some.Select(p => p.ParentId).ToArray(), NpgsqlDbType.Uuid),
        some.Select(p => EnumText.Of(p.Kind)).ToArray(),
        some.Select(p => p.Row.Name!).ToArray(),
        some.Select(p => p.Row.TimeZone ?? "UTC").ToArray(),
        Typed(some.Select(p => p.Row.OpenedOn).ToArray(), NpgsqlDbType.Date),
        some.Select(p => p.Row.Organization.System!).ToArray(),
        some.Select(p => p.Row.Organization.Value!).ToArray(),
        some.Select(_ => Guid.CreateVersion7()).ToArray(),
        some.Select(_ => Guid.CreateVersion7()).ToArray(),
        new NpgsqlParameter { Value = (object?)caller.ApiClientId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
        new NpgsqlParameter { Value = (object?)caller.PersonId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });

    private Task PairAsync(PlantedOrganization[] level, CancellationToken ct) => Statements.ExecuteAsync(
        connection,
        """
        with new as (select * from unnest($2::uuid[], $3::uuid[]) n(id, parent_id))
        insert into pls.organization_closure (tenant_id, ancestor_id, descendant_id, depth)
        select $1, id, id, 0 from new
        union all
        select $1, c.ancestor_id, new.id, c.depth + 1
        from new join pls.organization_closure c on c.tenant_id = $1 and c.descendant_id = new.parent_id
        """,
        ct,
        caller.TenantId,
        level.Select(p => p.Id).ToArray(),
        Typed(level.Select(p => p.ParentId).ToArray(), NpgsqlDbType.Uuid));

    private static NpgsqlParameter Typed(object values, NpgsqlDbType type) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}
