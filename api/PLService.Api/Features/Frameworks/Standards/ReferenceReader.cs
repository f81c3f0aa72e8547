using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>Reads what refers to a standard and its kin, in one round trip.</summary>
internal sealed class ReferenceReader(TenantReader reader, Caller caller)
{
    private static readonly string Text =
        $"""
         with recursive me as (
             select id from pls.standard where tenant_id in ($1, '{Guid.Empty}') and id = $2 order by tenant_id desc limit 1
         ), {LineageSql.Cited}, found as (
             select distinct on (r.resource_type, r.framework_code, r.standard_code, r.part, r.resource_id)
                 r.resource_type, r.resource_id, r.part, r.title, r.address, r.organization_id, r.relation, r.framework_code, r.standard_code, c.by, c.relation as via
             from cited c
             join pls.standard_reference r on r.tenant_id in ($1, '{Guid.Empty}') and r.framework_code = c.framework_code and r.standard_code = c.standard_code
             where ($3::text is null or r.resource_type = $3)
               and ($4::uuid[] is null or r.organization_id is null or exists (
                   select 1 from pls.organization_closure o where o.tenant_id = $1 and o.ancestor_id = any($4) and o.descendant_id = r.organization_id))
             order by r.resource_type, r.framework_code, r.standard_code, r.part, r.resource_id, c.relation, c.by
         ), page as (
             select * from found
             where $5::text is null or (resource_type, framework_code, standard_code, part, resource_id) > ($5, $6, $7, $8, $9)
             order by resource_type, framework_code, standard_code, part, resource_id
             limit $10
         )
         select case when $11 then (select count(*) from found) end, page.*
         from me left join page on true
         order by resource_type, framework_code, standard_code, part, page.resource_id
         """;

    /// <summary>A page of what refers to a standard, and whether the standard exists.</summary>
    public Task<(bool Exists, List<ListStandardReferences.Item> Found, long? Count)> ReadAsync(
        Guid id, ListStandardReferences.Request request, CancellationToken ct)
    {
        var after = Cursor.TryDecode(request.Cursor, out var keys) ? keys : [null!, null!, null!, null!, null!];
        return reader.ExecuteUncompiledAsync(
            new NpgsqlBatchCommand(Text)
            {
                Parameters =
                {
                    new() { Value = caller.TenantId },
                    new() { Value = id },
                    Word(request.ResourceType),
                    new() { Value = (object?)caller.Roots ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                    Word(after[0]),
                    Word(after[1]),
                    Word(after[2]),
                    Word(after[3]),
                    new() { Value = after[4] is { } last ? Guid.Parse(last) : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                    new() { Value = request.Take + 1L },
                    new() { Value = request.Count is true },
                },
            },
            ReadAsync,
            ct);
    }

    private static async Task<(bool, List<ListStandardReferences.Item>, long?)> ReadAsync(NpgsqlDataReader rows, CancellationToken ct)
    {
        var found = new List<ListStandardReferences.Item>();
        var exists = false;
        long? count = null;
        while (await rows.ReadAsync(ct))
        {
            exists = true;
            count = rows.IsDBNull(0) ? null : rows.GetInt64(0);
            if (!rows.IsDBNull(1))
            {
                found.Add(new(
                    rows.GetString(1), rows.GetGuid(2), rows.GetString(3), rows.GetString(4), rows.GetString(5), rows.IdOrNull(6), rows.GetString(7),
                    rows.GetString(8), rows.GetString(9), EnumText.Parse<ReferenceBy>(rows.GetString(10)), EnumText.Parse<ReferenceVia>(rows.GetString(11))));
            }
        }

        return (exists, found, count);
    }

    private static NpgsqlParameter Word(string? text) => new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
