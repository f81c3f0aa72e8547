using System.Buffers;
using System.Text;
using Npgsql;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Frameworks.Case;

namespace PLService.Api.Persistence.Frameworks;

/// <summary>A framework without its parts.</summary>
/// <param name="TenantId">Whose it is; the nil UUID for the catalog.</param>
/// <param name="Id">Its CASE identifier.</param>
/// <param name="Code">Its short name.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Version">+1 per change of it or of anything in it.</param>
/// <param name="UpdatedAt">When that was.</param>
internal sealed record FrameworkHead(Guid TenantId, Guid Id, string Code, FrameworkStatus Status, long Version, DateTimeOffset UpdatedAt);

/// <summary>Writes frameworks as CFPackages of CASE 1.1, straight from their rows.</summary>
internal sealed class PackageReader(FrameworkReading reading)
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>The framework with an id or a code, of the tenant before one of the catalog; null when there is none.</summary>
    /// <param name="name">Id or code.</param>
    /// <param name="withDrafts">Whether drafts are found too.</param>
    /// <param name="ct">Cancels.</param>
    public Task<FrameworkHead?> FindAsync(string name, bool withDrafts, CancellationToken ct) => reading.ExecuteAsync(
        new NpgsqlBatchCommand(
            """
            select tenant_id, id, code, status, version, updated_at from pls.framework
            where tenant_id = any($1) and (id = $2 or code = $3) and ($4 or status <> 'draft') order by tenant_id desc limit 1
            """)
        {
            Parameters =
            {
                new() { Value = reading.Tenants },
                new() { Value = Guid.TryParseExact(name, "D", out var id) ? id : Guid.Empty },
                new() { Value = name },
                new() { Value = withDrafts },
            },
        },
        async (rows, token) => await rows.ReadAsync(token)
            ? new FrameworkHead(rows.GetGuid(0), rows.GetGuid(1), rows.GetString(2), EnumText.Parse<FrameworkStatus>(rows.GetString(3)), rows.GetInt64(4), rows.GetFieldValue<DateTimeOffset>(5))
            : null,
        ct);

    /// <summary>Writes the package as JSON.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="caseAddress">Where this installation provides CASE.</param>
    /// <param name="output">Where to.</param>
    /// <param name="ct">Cancels.</param>
    public Task WriteAsync(FrameworkHead framework, string caseAddress, Stream output, CancellationToken ct)
    {
        NpgsqlBatchCommand Of(string sql) => new(sql) { Parameters = { new() { Value = framework.TenantId }, new() { Value = framework.Id } } };
        return reading.ExecuteAsync(
            [
                Of("select body::text, package_extensions::text, definition_extensions::text from pls.framework where tenant_id = $1 and id = $2"),
                Of("select body::text from pls.standard where tenant_id = $1 and framework_id = $2 order by position, id"),
                Of("select body::text from pls.standard_association where tenant_id = $1 and framework_id = $2 order by position, id"),
                Of("select body::text, kind from pls.framework_definition where tenant_id = $1 and framework_id = $2 order by kind, position, id"),
                Of("select body::text from pls.rubric where tenant_id = $1 and framework_id = $2 order by position, id"),
            ],
            async (rows, token) =>
            {
                await WriteAsync(rows, new Chunks(output, caseAddress), token);
                return true;
            },
            ct);
    }

    private static async Task WriteAsync(NpgsqlDataReader rows, Chunks json, CancellationToken ct)
    {
        await rows.ReadAsync(ct);
        var (extensions, definitionExtensions) = (rows.IsDBNull(1) ? null : rows.GetString(1), rows.IsDBNull(2) ? null : rows.GetString(2));
        await json.WriteAsync($"{{\"CFDocument\":{rows.GetString(0)}", ct);
        await WriteListAsync("CFItems", rows, json, ct);
        await WriteListAsync("CFAssociations", rows, json, ct);
        await WriteDefinitionsAsync(rows, definitionExtensions, json, ct);
        await WriteListAsync("CFRubrics", rows, json, ct);
        if (extensions is not null)
            await json.WriteAsync($",\"extensions\":{extensions}", ct);
        await json.WriteAsync("}", ct);
        await json.FlushAsync(ct);
    }

    private static async Task WriteListAsync(string name, NpgsqlDataReader rows, Chunks json, CancellationToken ct)
    {
        await rows.NextResultAsync(ct);
        await json.WriteAsync($",\"{name}\":[", ct);
        for (var separator = ""; await rows.ReadAsync(ct); separator = ",\n")
            await json.WriteAsync(separator + rows.GetString(0), ct);
        await json.WriteAsync("]", ct);
    }

    private static async Task WriteDefinitionsAsync(NpgsqlDataReader rows, string? extensions, Chunks json, CancellationToken ct)
    {
        await rows.NextResultAsync(ct);
        await json.WriteAsync(",\"CFDefinitions\":{", ct);
        string? open = null;
        while (await rows.ReadAsync(ct))
        {
            var kind = rows.GetString(1);
            await json.WriteAsync(kind == open ? ",\n" : $"{(open is null ? "" : "],")}\"{CaseShapes.Of(EnumText.Parse<DefinitionKind>(kind)).Collection}\":[", ct);
            await json.WriteAsync(rows.GetString(0), ct);
            open = kind;
        }

        await json.WriteAsync(open is null ? "" : "]", ct);
        if (extensions is not null)
            await json.WriteAsync($"{(open is null ? "" : ",")}\"extensions\":{extensions}", ct);
        await json.WriteAsync("}", ct);
    }

    /// <summary>Text on its way, with full addresses, some of it at a time.</summary>
    private sealed class Chunks(Stream output, string caseAddress)
    {
        private readonly ArrayBufferWriter<byte> _chunk = new(2 * ChunkBytes);

        public async ValueTask WriteAsync(string json, CancellationToken ct)
        {
            Encoding.UTF8.GetBytes(CaseAddresses.Expand(json, caseAddress), _chunk);
            if (_chunk.WrittenCount >= ChunkBytes)
                await FlushAsync(ct);
        }

        public async Task FlushAsync(CancellationToken ct)
        {
            await output.WriteAsync(_chunk.WrittenMemory, ct);
            _chunk.ResetWrittenCount();
        }
    }
}
