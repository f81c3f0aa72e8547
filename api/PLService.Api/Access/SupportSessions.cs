using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Access;

/// <summary>Lets support in while the tenant's grant lasts, and writes down every request, in the one round trip that asks for the grant.</summary>
internal sealed class SupportSessions(NpgsqlDataSource source, TimeProvider clock)
{
    private const string Sql =
        """
        with live as (
            select g.id, g.role, g.organization_id from pls.support_grant g where g.tenant_id = $1 and g.id = $2 and g.ended_at is null and g.expires_at > $3
        ), noted as (
            insert into pls.audit_event (tenant_id, id, at, organization_id, action, resource_type, resource_id, detail, trace_id)
            select $1, $4, $3, live.organization_id, 'supportGrant.read', 'supportGrant', live.id, $5, $6 from live
        )
        select role, organization_id from live
        """;

    /// <summary>What support sees at present; null when the grant has ended.</summary>
    /// <param name="support">Who calls.</param>
    /// <param name="operation">The operation that is called, for the audit trail.</param>
    /// <param name="ct">Cancels.</param>
    public Task<Grant?> EnterAsync(CallerIdentity support, string? operation, CancellationToken ct)
    {
        var caller = new Caller();
        caller.Become(support);
        var detail = JsonSerializer.Serialize(new { @operator = support.Operator, operation }, JsonSerializerOptions.Web);
        return new TenantReader(source, caller).ExecuteAsync(
            new NpgsqlBatchCommand(Sql)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = support.TenantId },
                    new NpgsqlParameter<Guid> { TypedValue = support.SupportGrantId!.Value },
                    new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() },
                    new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() },
                    new() { Value = detail, NpgsqlDbType = NpgsqlDbType.Jsonb },
                    new() { Value = (object?)Activity.Current?.TraceId.ToHexString() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                },
            },
            async (rows, token) => await rows.ReadAsync(token)
                ? new Grant(EnumText.Parse<Role>(rows.GetString(0)), rows.IsDBNull(1) ? null : rows.GetGuid(1))
                : null,
            ct);
    }
}
