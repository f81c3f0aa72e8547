using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;

namespace PLService.Api.Persistence.Assessments;

/// <summary>What decides whether something may be done to an assessment's answers.</summary>
internal sealed record AssessmentState(
    Guid Id, Guid OrganizationId, AssessmentStatus Status, AssessmentMode Mode, string[] Roles, Guid InstrumentTenantId, Guid InstrumentVersionId, long Version)
{
    /// <summary>Whether participants may name the role; an assessment that lists none takes any.</summary>
    public bool Takes(string? role) => role is null || Roles.Length == 0 || Roles.Contains(role);
}

/// <summary>
/// Finds an assessment that the caller reaches, and keeps ratings and closing apart: whoever writes answers holds the row
/// (<c>for key share</c>, as its foreign keys do anyway), whoever closes or reopens locks it (<c>for update</c>) and waits for them.
/// </summary>
internal sealed class AssessmentGate(TenantReader reader, OpenedContext opened, Caller caller)
{
    /// <summary>Condition that <c>a</c>, a row of pls.assessment, is below one of the subtree roots <c>$3</c>, if the caller has any; <c>$1</c> is the tenant.</summary>
    public const string IsReached =
        "($3::uuid[] is null or exists (select from pls.organization_closure c where c.tenant_id = $1 and c.ancestor_id = any($3) and c.descendant_id = a.organization_id))";

    private const string Find =
        $"""
         select a.id, a.organization_id, a.status, a.mode, a.roles, a.instrument_tenant_id, a.instrument_version_id, a.version
         from pls.assessment a where a.tenant_id = $1 and a.id = $2 and {IsReached}
         """;

    /// <summary>The assessment as it is now; null when there is none that the caller reaches.</summary>
    public Task<AssessmentState?> FindAsync(Guid id, CancellationToken ct) => ReadAsync(Find, id, ct);

    /// <summary>The assessment, whose status now stays as it is until this transaction ends.</summary>
    public Task<AssessmentState?> HoldAsync(Guid id, CancellationToken ct) => ReadAsync(InTransaction(Find + " for key share of a"), id, ct);

    /// <summary>The assessment, alone with it until this transaction ends: no answer is being written.</summary>
    public Task<AssessmentState?> LockAsync(Guid id, CancellationToken ct) => ReadAsync(InTransaction(Find + " for update of a"), id, ct);

    /// <summary>The parameters <c>$1</c> to <c>$3</c> of <see cref="IsReached"/>: tenant, assessment, roots of the caller's reach.</summary>
    public IEnumerable<NpgsqlParameter> Reach(Guid id) => Reach(caller, id);

    /// <summary>The same for any caller.</summary>
    public static IEnumerable<NpgsqlParameter> Reach(Caller caller, Guid id) =>
    [
        new NpgsqlParameter<Guid> { TypedValue = caller.TenantId },
        new NpgsqlParameter<Guid> { TypedValue = id },
        new NpgsqlParameter { Value = (object?)caller.Roots ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Uuid },
    ];

    private Task<AssessmentState?> ReadAsync(string sql, Guid id, CancellationToken ct)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in Reach(id))
            command.Parameters.Add(parameter);
        return reader.ExecuteAsync(command, async (rows, token) => await rows.ReadAsync(token) ? Read(rows) : null, ct);
    }

    // A lock that ends with its own statement protects nothing.
    private string InTransaction(string sql) =>
        opened.Db?.Database.CurrentTransaction is null ? throw new InvalidOperationException("A lock needs a transaction.") : sql;

    /// <summary>The columns of an assessment's state, at the start of a row.</summary>
    public static AssessmentState Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        EnumText.Parse<AssessmentStatus>(row.GetString(2)),
        EnumText.Parse<AssessmentMode>(row.GetString(3)),
        row.GetFieldValue<string[]>(4),
        row.GetGuid(5),
        row.GetGuid(6),
        row.GetInt64(7));
}
