using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PLService.Api.Domain.People;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>A person as they were before an import changed them.</summary>
internal sealed record PersonState(PersonDetails Details, DateTimeOffset? DeactivatedAt);

/// <summary>What an import made and changed of people, kept so that it can be undone.</summary>
internal sealed class PersonHistory(NpgsqlConnection connection, Guid tenantId, Guid importId)
{
    /// <summary>Keeps the states before, null for new people; what is stored by now is the version that must still stand when it is taken back.</summary>
    public Task KeepAsync(IReadOnlyDictionary<Guid, PersonState?> people, CancellationToken ct) => Statements.ExecuteAsync(
        connection,
        """
        insert into pls.import_change (tenant_id, import_id, resource_type, resource_id, version_after, before)
        select $1, $2, 'person', p.id, p.version, c.before
        from unnest($3::uuid[], $4::jsonb[]) c(id, before) join pls.person p on p.tenant_id = $1 and p.id = c.id
        """,
        ct,
        tenantId,
        importId,
        people.Keys.ToArray(),
        Statements.Many(people.Values.Select(state => state is null ? null : JsonSerializer.Serialize(state, JsonSerializerOptions.Web)).ToArray(), NpgsqlDbType.Jsonb));

    /// <summary>The people of the import with the versions that it left, and their states before; null for those that it made.</summary>
    public async Task<List<(Guid Id, long Version, PersonState? Before)>> ReadAsync(CancellationToken ct)
    {
        await using var command = Statements.Of(
            connection,
            "select resource_id, version_after, before::text from pls.import_change where tenant_id = $1 and import_id = $2 and resource_type = 'person'",
            tenantId,
            importId);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var people = new List<(Guid, long, PersonState?)>();
        while (await reader.ReadAsync(ct))
            people.Add((reader.GetGuid(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : JsonSerializer.Deserialize<PersonState>(reader.GetString(2), JsonSerializerOptions.Web)));
        return people;
    }
}
