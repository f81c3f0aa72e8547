using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PLService.Api.Domain;
using PLService.Api.Domain.Organizations;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>An organization as it was before an import changed it; its kind as the database writes it.</summary>
internal sealed record OrganizationState(
    string Kind, string Name, string TimeZone, DateOnly? OpenedOn, Guid? ParentId, DateOnly? ClosedOn, Guid? SuccessorId)
{
    public static OrganizationState Of(Organization organization) => new(
        EnumText.Of(organization.Kind),
        organization.Name,
        organization.TimeZone,
        organization.OpenedOn,
        organization.ParentId,
        organization.ClosedOn,
        organization.SuccessorId);

    /// <summary>Gives it all of this but the parent, which is the tree's to change.</summary>
    public DomainError? ApplyTo(Organization organization)
    {
        if (organization.Status is OrganizationStatus.Closed)
            organization.Reopen();
        return organization.Change(EnumText.Parse<OrganizationKind>(Kind), Name, TimeZone, OpenedOn)
            ?? (ClosedOn is { } on ? organization.Close(on, SuccessorId) : null);
    }
}

/// <summary>What an import changed of organizations, kept so that it can be undone.</summary>
internal sealed class OrganizationHistory(NpgsqlConnection connection, Guid tenantId, Guid importId)
{
    /// <summary>Keeps the state before; what was stored last is the version that must still stand when it is taken back.</summary>
    public Task KeepAsync(IReadOnlyList<(Guid Id, OrganizationState Before)> changed, CancellationToken ct) => Statements.ExecuteAsync(
        connection,
        """
        insert into pls.import_change (tenant_id, import_id, resource_type, resource_id, version_after, before)
        select $1, $2, 'organization', o.id, o.version, c.before
        from unnest($3::uuid[], $4::jsonb[]) c(id, before) join pls.organization o on o.tenant_id = $1 and o.id = c.id
        """,
        ct,
        tenantId,
        importId,
        changed.Select(c => c.Id).ToArray(),
        new NpgsqlParameter
        {
            Value = changed.Select(c => JsonSerializer.Serialize(c.Before, JsonSerializerOptions.Web)).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
        });

    /// <summary>The organizations that the import changed and did not make, as they were.</summary>
    public async Task<Dictionary<Guid, OrganizationState>> ReadAsync(CancellationToken ct)
    {
        await using var command = Statements.Of(
            connection,
            """
            select resource_id, before::text from pls.import_change
            where tenant_id = $1 and import_id = $2 and resource_type = 'organization' and before is not null
            """,
            tenantId,
            importId);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var states = new Dictionary<Guid, OrganizationState>();
        while (await reader.ReadAsync(ct))
            states[reader.GetGuid(0)] = JsonSerializer.Deserialize<OrganizationState>(reader.GetString(1), JsonSerializerOptions.Web)!;
        return states;
    }
}
