using Npgsql;
using PLService.Api.Access.Providers;
using PLService.Api.Persistence;

namespace PLService.Api.Access;

/// <summary>
/// Finds the tenant that somebody names who is not signed in yet. It is the one place that looks across tenants for a caller, as the role
/// plservice_door, which can read the names and whose they are, and nothing else.
/// </summary>
internal sealed class Door(NpgsqlDataSource source)
{
    /// <summary>The tenant with this short name; null when there is none.</summary>
    public Task<Guid?> TenantOfSlugAsync(string slug, CancellationToken ct) => FindAsync(
        "select id from pls.tenant where slug = $1", slug, async (rows, token) => await rows.ReadAsync(token) ? rows.GetGuid(0) : (Guid?)null, ct);

    /// <summary>Every identity provider whose tokens are accepted, of all tenants: a token names its issuer and not its tenant.</summary>
    public Task<List<TrustedProvider>> TrustedProvidersAsync(CancellationToken ct) => AskAsync(
        new NpgsqlBatchCommand(
            """
            select p.tenant_id, t.slug, p.id, p.version, p.issuer, p.audience, p.algorithms, p.token_types, p.email_claim, p.email_verified_claim, p.name_claim
            from pls.identity_provider p join pls.tenant t on t.id = p.tenant_id
            where p.status = 'active'
            """),
        async (rows, token) =>
        {
            var found = new List<TrustedProvider>();
            while (await rows.ReadAsync(token))
            {
                found.Add(new(
                    rows.GetGuid(0), rows.GetString(1), rows.GetGuid(2), rows.GetInt64(3), rows.GetString(4), rows.GetString(5),
                    rows.GetFieldValue<string[]>(6), rows.GetFieldValue<string[]>(7), rows.GetString(8), rows.GetString(9), rows.GetString(10)));
            }

            return found;
        },
        ct);

    /// <summary>The tenant and the assessment of a join code; null when no assessment can be joined by it.</summary>
    public Task<(Guid TenantId, Guid AssessmentId)?> AssessmentOfCodeAsync(string code, CancellationToken ct) => FindAsync(
        "select tenant_id, assessment_id from pls.join_code where code = $1", code,
        async (rows, token) => await rows.ReadAsync(token) ? (rows.GetGuid(0), rows.GetGuid(1)) : ((Guid, Guid)?)null, ct);

    /// <summary>
    /// A join code that no assessment of any tenant has, for the transaction that <paramref name="reader"/> joins: until it ends nobody else draws
    /// one, so that the code is still free when it is stored.
    /// </summary>
    public static async Task<string> DrawCodeAsync(TenantReader reader, Func<string> draw, CancellationToken ct)
    {
        while (true)
        {
            var code = draw();
            var isTaken = await reader.ExecuteAsync(
                [
                    new NpgsqlBatchCommand("select pg_advisory_xact_lock(hashtextextended('pls.join_code', 0))"),
                    new NpgsqlBatchCommand("set local role plservice_door"),
                    new NpgsqlBatchCommand("select exists (select from pls.join_code where code = $1)") { Parameters = { new NpgsqlParameter<string> { TypedValue = code } } },
                    new NpgsqlBatchCommand("set local role none"),
                ],
                async (rows, token) =>
                {
                    await rows.NextResultAsync(token);
                    await rows.ReadAsync(token);
                    return rows.GetBoolean(0);
                },
                ct);
            if (!isTaken)
                return code;
        }
    }

    /// <summary>Asks one question with one name in it.</summary>
    private Task<T> FindAsync<T>(string sql, string name, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        // PostgreSQL knows no NUL in texts: nothing has such a name.
        if (name.Contains('\0', StringComparison.Ordinal))
            name = "";
        return AskAsync(new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter<string> { TypedValue = name } } }, read, ct);
    }

    private async Task<T> AskAsync<T>(NpgsqlBatchCommand question, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("BEGIN"),
                new NpgsqlBatchCommand("SET LOCAL ROLE plservice_door"),
                question,
                new NpgsqlBatchCommand("COMMIT"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var found = await read(reader, ct);
        while (await reader.NextResultAsync(ct))
        {
        }

        return found;
    }
}
