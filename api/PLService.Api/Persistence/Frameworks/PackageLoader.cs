using Npgsql;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Frameworks.Case;

namespace PLService.Api.Persistence.Frameworks;

/// <summary>Reads a framework into memory, as it is stored.</summary>
internal sealed class PackageLoader(FrameworkReading reading)
{
    public Task<CasePackage> LoadAsync(FrameworkHead framework, CancellationToken ct)
    {
        NpgsqlBatchCommand Of(string sql) => new(sql) { Parameters = { new() { Value = framework.TenantId }, new() { Value = framework.Id } } };
        return reading.ExecuteAsync(
            [
                Of("select body::text, title, package_extensions::text, definition_extensions::text from pls.framework where tenant_id = $1 and id = $2"),
                Of("select id, body::text, code, statement, label, item_type from pls.standard where tenant_id = $1 and framework_id = $2 order by position, id"),
                Of("select id, body::text, type, origin_id, destination_id, sequence_number from pls.standard_association where tenant_id = $1 and framework_id = $2 order by position, id"),
                Of("select id, body::text, kind, title from pls.framework_definition where tenant_id = $1 and framework_id = $2 order by position, id"),
                Of("select id, body::text, title from pls.rubric where tenant_id = $1 and framework_id = $2 order by position, id"),
            ],
            async (rows, token) =>
            {
                await rows.ReadAsync(token);
                var package = new CasePackage
                {
                    Document = new(framework.Id, rows.GetString(1), rows.GetString(0)),
                    PackageExtensions = Text(rows, 2),
                    DefinitionExtensions = Text(rows, 3),
                };
                await AddAsync(package.Items, rows, row => new(row.GetGuid(0), new(Text(row, 2), row.GetString(3), Text(row, 4)), Text(row, 5), row.GetString(1)), token);
                await AddAsync(package.Associations, rows, row => new(row.GetGuid(0), row.GetString(2), Id(row, 3), Id(row, 4), row.IsDBNull(5) ? null : row.GetInt32(5), row.GetString(1)), token);
                await AddAsync(package.Definitions, rows, row => new(row.GetGuid(0), EnumText.Parse<DefinitionKind>(row.GetString(2)), row.GetString(3), row.GetString(1)), token);
                await AddAsync(package.Rubrics, rows, row => new(row.GetGuid(0), Text(row, 2), row.GetString(1)), token);
                return package;
            },
            ct);
    }

    private static async Task AddAsync<T>(List<T> list, NpgsqlDataReader rows, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await rows.NextResultAsync(ct);
        while (await rows.ReadAsync(ct))
            list.Add(read(rows));
    }

    private static string? Text(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetString(column);

    private static Guid? Id(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetGuid(column);
}
