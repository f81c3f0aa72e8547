using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Frameworks.Crosswalks;

/// <summary>
/// Reads what two frameworks have to do with each other. Every link between their standards counts, in either direction and wherever it is kept,
/// but for places in a tree.
/// </summary>
internal sealed class CrosswalkReader(TenantReader reader, Caller caller)
{
    // A link that two packages hold is one; own standards stand before those of the catalog with the same identifier.
    private static readonly string All =
        $"""
         with mine as materialized (
             select id from pls.standard where tenant_id = $2 and framework_id = $3
         ), link as materialized (
             select distinct a.id, a.type, a.origin_id as here, a.destination_id as there
             from mine join pls.standard_association a on a.tenant_id in ($1, '{Guid.Empty}') and a.origin_id = mine.id and a.type <> 'isChildOf'
             union
             select a.id, a.type, a.destination_id, a.origin_id
             from mine join pls.standard_association a on a.tenant_id in ($1, '{Guid.Empty}') and a.destination_id = mine.id and a.type <> 'isChildOf'
         ), other as materialized (
             select distinct on (s.id) s.id, s.tenant_id, s.framework_id
             from pls.standard s
             where s.tenant_id in ($1, '{Guid.Empty}') and s.id in (select there from link) and not exists (select 1 from mine where mine.id = s.id)
             order by s.id, s.tenant_id desc
         ), met as (
             select o.tenant_id, o.framework_id, count(distinct l.here)::int as here, count(distinct l.there)::int as there
             from link l join other o on o.id = l.there group by o.tenant_id, o.framework_id
         ), typed as (
             select o.tenant_id, o.framework_id, l.type, count(distinct l.id)::int as n
             from link l join other o on o.id = l.there group by o.tenant_id, o.framework_id, l.type
         )
         select f.id, f.code, f.title, f.status, f.tenant_id,
             (select jsonb_object_agg(t.type, t.n)::text from typed t where t.tenant_id = f.tenant_id and t.framework_id = f.id),
             (select count(*)::int from mine) - met.here,
             (select count(*)::int from pls.standard s where s.tenant_id = f.tenant_id and s.framework_id = f.id) - met.there
         from met join pls.framework f on f.tenant_id = met.tenant_id and f.id = met.framework_id
         order by f.code, f.id
         """;

    private static readonly string Two =
        $"""
         with mine as materialized (
             select id, code, label, statement, item_type, position from pls.standard where tenant_id = $2 and framework_id = $3
         ), link as materialized (
             select a.id, a.type, a.origin_id as here, a.destination_id as there, 'outgoing' as direction, a.body ->> 'notes' as notes
             from pls.standard s join pls.standard_association a on a.tenant_id in ($1, '{Guid.Empty}') and a.destination_id = s.id and a.type <> 'isChildOf'
             where s.tenant_id = $4 and s.framework_id = $5
             union
             select a.id, a.type, a.destination_id, a.origin_id, 'incoming', a.body ->> 'notes'
             from pls.standard s join pls.standard_association a on a.tenant_id in ($1, '{Guid.Empty}') and a.origin_id = s.id and a.type <> 'isChildOf'
             where s.tenant_id = $4 and s.framework_id = $5
         ), found as (
             select mine.* from mine left join (select distinct here from link) l on l.here = mine.id where $6::boolean is null or $6 = (l.here is not null)
         ), page as (
             select * from found where $7::int is null or (position, id) > ($7, $8) order by position, id limit $9
         ), matched as (
             select m.here, jsonb_agg(jsonb_build_object('associationId', m.id, 'type', m.type, 'direction', m.direction, 'notes', m.notes,
                 'standard', jsonb_build_object('id', s.id, 'code', s.code, 'label', s.label, 'statement', s.statement, 'frameworkCode', f.code))
                 order by s.position, s.id, m.type, m.id) as matches
             from (select distinct on (id, direction) * from link where here in (select id from page) order by id, direction) m
             join pls.standard s on s.tenant_id = $4 and s.id = m.there
             join pls.framework f on f.tenant_id = $4 and f.id = $5
             group by m.here
         )
         select case when $10 then (select count(*) from found) end, page.id, page.code, page.label, page.statement, page.item_type, page.position,
             coalesce(matched.matches, '[]')::text
         from page left join matched on matched.here = page.id
         order by page.position, page.id
         """;

    /// <summary>The frameworks that one has links with.</summary>
    public Task<List<ListCrosswalks.Item>> ListAsync(Guid tenantId, Guid frameworkId, CancellationToken ct) => reader.ExecuteUncompiledAsync(
        new NpgsqlBatchCommand(All)
        {
            Parameters = { new() { Value = caller.TenantId }, new() { Value = tenantId }, new() { Value = frameworkId } },
        },
        async (rows, token) =>
        {
            var found = new List<ListCrosswalks.Item>();
            while (await rows.ReadAsync(token))
            {
                found.Add(new(
                    new(rows.GetGuid(0), rows.GetString(1), rows.GetString(2), EnumText.Parse<FrameworkStatus>(rows.GetString(3)), rows.GetGuid(4) == Guid.Empty),
                    JsonSerializer.Deserialize<SortedDictionary<string, int>>(rows.GetString(5))!,
                    rows.GetInt32(6),
                    rows.GetInt32(7)));
            }

            return found;
        },
        ct);

    /// <summary>A page of one framework's standards with what they match in another.</summary>
    public Task<(List<CrosswalkPlace> Rows, long? Count)> ReadAsync(
        (Guid TenantId, Guid Id) from, (Guid TenantId, Guid Id) to, GetCrosswalk.Request request, (int Position, Guid Id)? after, CancellationToken ct) =>
        reader.ExecuteUncompiledAsync(
            new NpgsqlBatchCommand(Two)
            {
                Parameters =
                {
                    new() { Value = caller.TenantId },
                    new() { Value = from.TenantId },
                    new() { Value = from.Id },
                    new() { Value = to.TenantId },
                    new() { Value = to.Id },
                    new() { Value = (object?)request.Covered ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Boolean },
                    new() { Value = (object?)after?.Position ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer },
                    new() { Value = (object?)after?.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                    new() { Value = request.Take + 1L },
                    new() { Value = request.Count is true },
                },
            },
            async (rows, token) =>
            {
                var found = new List<CrosswalkPlace>();
                long? count = request.Count is true ? 0 : null;
                while (await rows.ReadAsync(token))
                {
                    count = rows.IsDBNull(0) ? null : rows.GetInt64(0);
                    var matches = JsonSerializer.Deserialize<List<GetCrosswalk.Match>>(rows.GetString(7), Json)!;
                    found.Add(new(rows.GetInt32(6), new(
                        rows.GetGuid(1), rows.TextOrNull(2), rows.TextOrNull(3), rows.GetString(4), rows.TextOrNull(5), matches.Count > 0, matches)));
                }

                return (found, count);
            },
            ct);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}

/// <summary>A row of a crosswalk and its place in the framework.</summary>
internal sealed record CrosswalkPlace(int Position, GetCrosswalk.Row Row);
