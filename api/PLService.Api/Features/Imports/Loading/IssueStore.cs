using Npgsql;
using NpgsqlTypes;
using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>Keeps the issues of an import one by one, some thousand rows a statement.</summary>
internal static class IssueStore
{
    private const int Rows = 5_000;

    public static async Task WriteAsync(NpgsqlConnection connection, Guid tenantId, Guid importId, IReadOnlyList<ImportIssue> issues, CancellationToken ct)
    {
        var number = 0;
        foreach (var some in issues.Chunk(Rows))
        {
            await Statements.ExecuteAsync(
                connection,
                """
                insert into pls.import_issue (tenant_id, import_id, number, severity, code, detail, line, record, column_name, value)
                select $1, $2, $3 + u.i, u.severity, u.code, u.detail, u.line, u.record, u.column_name, u.value
                from unnest($4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::text[], $10::text[])
                     with ordinality u(severity, code, detail, line, record, column_name, value, i)
                """,
                ct,
                tenantId,
                importId,
                number,
                some.Select(i => i.Severity is ImportSeverity.Error ? "error" : "warning").ToArray(),
                some.Select(i => i.Code).ToArray(),
                some.Select(i => Clean(i.Detail)!).ToArray(),
                some.Select(i => i.Line).ToArray(),
                some.Select(i => i.Record).ToArray(),
                new NpgsqlParameter { Value = some.Select(i => Clean(i.Column)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new NpgsqlParameter { Value = some.Select(i => Clean(i.Value)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            number += some.Length;
        }
    }

    /// <summary>The errors of an import, ordered by record, as the error file needs them.</summary>
    public static async IAsyncEnumerable<ImportIssue> ReadErrorsAsync(
        NpgsqlConnection connection, Guid tenantId, Guid importId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = Statements.Of(
            connection,
            """
            select code, detail, line, record, column_name, value from pls.import_issue
            where tenant_id = $1 and import_id = $2 and severity = 'error' and record > 0 order by record, number
            """,
            tenantId, importId);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            yield return new(
                ImportSeverity.Error, reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3),
                reader.IsDBNull(4) ? null : reader.GetString(4), reader.IsDBNull(5) ? null : reader.GetString(5));
        }
    }

    // PostgreSQL's text cannot hold NUL, which is just what some issues are about.
    private static string? Clean(string? text) => text?.Replace('\0', '\uFFFD');
}
