using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PLService.Api.Domain.People;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>A person as they were before an import changed them.</summary>
internal sealed record PersonState(PersonDetails Details, DateTimeOffset? DeactivatedAt)
{
    public static PersonState Of(Person person) => new(person.Details(), person.DeactivatedAt);

    /// <summary>Gives the person all of this.</summary>
    public void ApplyTo(Person person)
    {
        person.Change(Details);
        if (person.Status is PersonStatus.Deactivated && DeactivatedAt is null)
            person.Reactivate();
        else if (person.Status is PersonStatus.Active && DeactivatedAt is { } at)
            person.Deactivate(at);
    }
}

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
        new NpgsqlParameter
        {
            Value = people.Values.Select(state => state is null ? null : JsonSerializer.Serialize(state, JsonSerializerOptions.Web)).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
        });

    /// <summary>The people of the import with their states before; null for those that it made.</summary>
    public async Task<Dictionary<Guid, PersonState?>> ReadAsync(CancellationToken ct)
    {
        await using var command = Statements.Of(
            connection, "select resource_id, before::text from pls.import_change where tenant_id = $1 and import_id = $2 and resource_type = 'person'", tenantId, importId);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var states = new Dictionary<Guid, PersonState?>();
        while (await reader.ReadAsync(ct))
            states[reader.GetGuid(0)] = reader.IsDBNull(1) ? null : JsonSerializer.Deserialize<PersonState>(reader.GetString(1), JsonSerializerOptions.Web);
        return states;
    }
}
