using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Persistence;
using Microsoft.EntityFrameworkCore;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>An organization that is stored, as an import needs to know it.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="Depth">How many organizations stand above it.</param>
/// <param name="IsReached">Whether the sender reaches it.</param>
internal sealed record KnownOrganization(Guid Id, int Depth, bool IsReached);

/// <summary>Finds all organizations that a file names, in one query that looks each up by its index: see <see cref="PersonFinder"/>.</summary>
internal sealed class OrganizationFinder(PLServiceDbContext db, Caller caller)
{
    public Task<Dictionary<OrganizationReference, KnownOrganization>> FindAsync(List<OrganizationRow> rows, CancellationToken ct) =>
        FindAsync(rows.SelectMany(row => new[] { row.Organization, row.Parent, row.Successor }).OfType<OrganizationReference>(), ct);

    public async Task<Dictionary<OrganizationReference, KnownOrganization>> FindAsync(IEnumerable<OrganizationReference> references, CancellationToken ct)
    {
        var named = references.Distinct().ToArray();
        await using var command = Statements.Of(
            (NpgsqlConnection)db.Database.GetDbConnection(),
            """
            with named as materialized (
                select n.place, coalesce(n.id, (
                    select i.organization_id from pls.organization_identifier i where i.tenant_id = $1 and i.system = n.system and i.value = n.value and i.valid_to is null)) as id
                from unnest($2::int[], $3::text[], $4::text[], $5::uuid[]) n(place, system, value, id)
            )
            select named.place, o.id,
                   (select count(*) from pls.organization_closure c where c.tenant_id = $1 and c.descendant_id = o.id and c.depth > 0)::int,
                   $6::uuid[] is null or exists (select from pls.organization_closure c where c.tenant_id = $1 and c.ancestor_id = any($6) and c.descendant_id = o.id)
            from named cross join lateral (select o.id from pls.organization o where o.tenant_id = $1 and o.id = named.id limit 1) o
            """,
            caller.TenantId,
            Enumerable.Range(0, named.Length).ToArray(),
            Text(named.Select(n => n.System)),
            Text(named.Select(n => n.Value)),
            new NpgsqlParameter { Value = named.Select(n => n.Id).ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Uuid },
            new NpgsqlParameter { Value = (object?)caller.Roots ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Uuid });
        var found = new Dictionary<OrganizationReference, KnownOrganization>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found[named[reader.GetInt32(0)]] = new(reader.GetGuid(1), reader.GetInt32(2), reader.GetBoolean(3));
        return found;
    }

    /// <summary>The kind that a file writes, in any case; null for none of ours.</summary>
    public static OrganizationKind? KindOf(string text) => Enum.TryParse<OrganizationKind>(text, ignoreCase: true, out var kind) && Enum.IsDefined(kind) && !int.TryParse(text, out _) ? kind : null;

    private static NpgsqlParameter Text(IEnumerable<string?> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text };
}
