using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;

namespace PLService.Api.Persistence;

/// <summary>Writes down thousands of deeds of one transaction, some thousand a statement: what <see cref="AuditTrail"/> does for one.</summary>
internal sealed class AuditBatch(PLServiceDbContext db, Caller caller, TimeProvider clock)
{
    private const int Rows = 5_000;

    private readonly List<(string Action, Guid ResourceId, Guid? OrganizationId, string? Detail)> _events = [];

    /// <summary>Adds an event that is stored with <see cref="WriteAsync"/>; the parameters are those of <see cref="AuditTrail.Record"/>.</summary>
    public void Record(string action, Guid resourceId, Guid? organizationId, object? detail = null) =>
        _events.Add((action, resourceId, organizationId, detail is null ? null : JsonSerializer.Serialize(detail, JsonSerializerOptions.Web)));

    /// <summary>Stores what was added since the last time, within the open transaction.</summary>
    public async Task WriteAsync(CancellationToken ct)
    {
        foreach (var some in _events.Chunk(Rows))
        {
            await using var command = new NpgsqlCommand(
                """
                insert into pls.audit_event (tenant_id, id, at, api_client_id, person_id, organization_id, action, resource_type, resource_id, detail, trace_id)
                select $1, e.id, $2, $3, $4, e.organization_id, e.action, split_part(e.action, '.', 1), e.resource_id, e.detail, $5
                from unnest($6::uuid[], $7::text[], $8::uuid[], $9::uuid[], $10::jsonb[]) e(id, action, resource_id, organization_id, detail)
                """,
                (NpgsqlConnection)db.Database.GetDbConnection())
            { CommandTimeout = 0 };
            command.Parameters.AddWithValue(caller.TenantId);
            command.Parameters.AddWithValue(clock.GetUtcNow().UtcDateTime);
            Add(command, caller.ApiClientId, NpgsqlDbType.Uuid);
            Add(command, caller.PersonId, NpgsqlDbType.Uuid);
            Add(command, Activity.Current?.TraceId.ToHexString(), NpgsqlDbType.Text);
            Add(command, some.Select(_ => Guid.CreateVersion7()).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
            Add(command, some.Select(e => e.Action).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
            Add(command, some.Select(e => e.ResourceId).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
            Add(command, some.Select(e => e.OrganizationId).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
            Add(command, some.Select(e => e.Detail).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Jsonb);
            await command.ExecuteNonQueryAsync(ct);
        }

        _events.Clear();
    }

    private static void Add(NpgsqlCommand command, object? value, NpgsqlDbType type) =>
        command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
}
