using System.Text.Json;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>Reads one standard with its place in the framework, in one round trip.</summary>
internal sealed class StandardReader(TenantReader reader, Caller caller, FrameworkDesk desk)
{
    // The tenant's own row stands before one of the catalog. Circles, which packages of others can hold, end where they close.
    private static readonly string Text =
        $"""
         with recursive me as (
             select * from pls.standard where tenant_id in ($1, '{Guid.Empty}') and id = $2 order by tenant_id desc limit 1
         ), up(id, depth, path) as (
             select me.id, 0, array[me.id] from me
             union all
             select x.destination_id, up.depth + 1, up.path || x.destination_id
             from up cross join me cross join lateral (
                 select a.destination_id
                 from pls.standard_association a
                 join pls.standard p on p.tenant_id = a.tenant_id and p.id = a.destination_id and p.framework_id = a.framework_id
                 where a.tenant_id = me.tenant_id and a.framework_id = me.framework_id and a.origin_id = up.id and a.type = 'isChildOf'
                   and a.destination_id <> all(up.path)
                 order by a.position, a.id limit 1) x
             where up.depth < {FrameworkLimits.ReadDepth}
         )
         select me.id, me.code, me.label, me.statement, me.item_type, me.body::text, me.created_at, me.updated_at, me.version,
             f.id, f.code, f.title, f.status, f.tenant_id,
             (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'code', s.code, 'label', s.label, 'statement', s.statement, 'frameworkCode', f.code)
                 order by up.depth desc), '[]')::text
              from up join pls.standard s on s.tenant_id = me.tenant_id and s.id = up.id where up.depth > 0),
             array(select a.destination_id from pls.standard_association a
                 join pls.standard p on p.tenant_id = a.tenant_id and p.id = a.destination_id and p.framework_id = a.framework_id
                 where a.tenant_id = me.tenant_id and a.framework_id = me.framework_id and a.origin_id = me.id and a.type = 'isChildOf'
                 group by a.destination_id order by min(a.position), a.destination_id),
             (select count(distinct a.origin_id)::int from pls.standard_association a
                 join pls.standard c on c.tenant_id = a.tenant_id and c.id = a.origin_id and c.framework_id = a.framework_id
                 where a.tenant_id = me.tenant_id and a.framework_id = me.framework_id and a.destination_id = me.id and a.type = 'isChildOf'),
             (select coalesce(jsonb_agg(distinct jsonb_build_object('id', s.id, 'code', s.code, 'label', s.label, 'statement', s.statement, 'frameworkCode', o.code)), '[]')::text
              from pls.standard_association a
              join pls.standard s on s.tenant_id in ($1, '{Guid.Empty}') and s.id = a.destination_id
              join pls.framework o on o.tenant_id = s.tenant_id and o.id = s.framework_id
              where a.tenant_id in ($1, '{Guid.Empty}') and a.origin_id = me.id and a.type = 'replacedBy')
         from me join pls.framework f on f.tenant_id = me.tenant_id and f.id = me.framework_id
         """;

    /// <summary>The standard with this id; null when there is none.</summary>
    public Task<StandardResponse?> FindAsync(Guid id, CancellationToken ct) => reader.ExecuteUncompiledAsync(
        new NpgsqlBatchCommand(Text) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = caller.TenantId }, new NpgsqlParameter<Guid> { TypedValue = id } } },
        async (rows, token) => await rows.ReadAsync(token) ? Read(rows, desk.CaseAddress) : null,
        ct);

    /// <summary>The standard with this id, which there is; for answers to a change.</summary>
    public async Task<StandardResponse> ReadAsync(Guid id, CancellationToken ct) => (await FindAsync(id, ct))!;

    private static StandardResponse Read(NpgsqlDataReader row, string baseAddress)
    {
        var body = row.GetString(5);
        var item = CaseObject.Read(CaseAddresses.Expand(body, baseAddress));
        return StandardBody.Read(item, new StandardResponse
        {
            Id = row.GetGuid(0),
            Code = row.TextOrNull(1),
            Label = row.TextOrNull(2),
            Statement = row.GetString(3),
            ItemType = row.TextOrNull(4),
            Uri = item.Text("uri") ?? "",
            Framework = new(row.GetGuid(9), row.GetString(10), row.GetString(11), EnumText.Parse<FrameworkStatus>(row.GetString(12)), row.GetGuid(13) == Guid.Empty),
            Ancestors = Parse(row.GetString(14)),
            ParentIds = row.GetFieldValue<Guid[]>(15),
            Children = row.GetInt32(16),
            ReplacedBy = Parse(row.GetString(17)),
            Licence = item.Link("licenseURI") is { } licence ? new(licence.Title, licence.Uri) : null,
            More = CaseTexts.Others(body, StandardBody.Known, baseAddress),
            CreatedAt = row.GetFieldValue<DateTimeOffset>(6),
            UpdatedAt = row.GetFieldValue<DateTimeOffset>(7),
            Version = row.GetInt64(8),
        });
    }

    private static List<NamedStandard> Parse(string json) => JsonSerializer.Deserialize<List<NamedStandard>>(json, JsonSerializerOptions.Web)!;
}
