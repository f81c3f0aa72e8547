using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>
/// Reads the tree of a framework as a list, each standard behind what it stands below, in one round trip. The path to a place is the numbers
/// that siblings have on the way, so that the order of paths is that of the tree. What stands below several standards comes below each; what
/// stands below nothing that is there comes at the top, and so does what stands in a circle.
/// </summary>
internal sealed class TreeReader(TenantReader reader, Caller caller)
{
    private static readonly string Text =
        $"""
         with recursive fw as (
             select tenant_id, id from pls.framework where tenant_id in ($1, '{Guid.Empty}') and (id = $2 or code = $3) order by tenant_id desc limit 1
         ), item as materialized (
             select s.tenant_id, s.id, s.position, s.body from fw join pls.standard s on s.tenant_id = fw.tenant_id and s.framework_id = fw.id
         ), link as materialized (
             select a.origin_id as child, a.destination_id as parent, min(a.sequence_number) as sequence
             from fw join pls.standard_association a on a.tenant_id = fw.tenant_id and a.framework_id = fw.id
             where a.type = 'isChildOf' and a.origin_id is not null and a.destination_id is not null
             group by a.origin_id, a.destination_id
         ), edge as materialized (
             select l.child, l.parent, (row_number() over (partition by l.parent order by {SiblingOrder.By("l.sequence", "s")}))::int as n
             from link l
             join item s on s.id = l.child
             join item p on p.id = l.parent
         ), top as (
             select s.id, (row_number() over (order by {SiblingOrder.By("l.sequence", "s")}))::int as n
             from item s
             cross join fw
             left join link l on l.child = s.id and l.parent = fw.id
             left join (select distinct child from edge) below on below.child = s.id
             where l.child is not null or below.child is null
         ), walk(id, parent, depth, path, ids) as (
             select top.id, null::uuid, 0, array[top.n], array[top.id] from top where $4::uuid is null
             union all
             select e.child, e.parent, 0, array[e.n], array[e.parent, e.child] from edge e where e.parent = $4 and e.child <> e.parent
             union all
             select e.child, walk.id, walk.depth + 1, walk.path || e.n, walk.ids || e.child
             from walk join edge e on e.parent = walk.id
             where walk.depth + 1 < $5 and e.child <> all(walk.ids)
         ), reached(id) as (
             select top.id from top where $4::uuid is null
             union
             select e.child from reached join edge e on e.parent = reached.id
         ), place as materialized (
             select * from (select id, parent, depth, path from walk limit {FrameworkLimits.Places}) found
             union all
             select s.id, null, 0, array[{int.MaxValue}, (row_number() over (order by s.position, s.id))::int]
             from item s
             where $4::uuid is null and not exists (select 1 from reached where reached.id = s.id)
         ), start as (
             -- The place at which the last page ended may have moved since.
             select coalesce((select min(p.path) from place p where p.id = $7 and not exists (select 1 from place q where q.path = $6 and q.id = $7)), $6::int[]) as path
         ), page as (
             select p.* from place p, start where start.path is null or p.path > start.path order by p.path limit $8
         ), kids as (
             select e.parent, count(*)::int as n from edge e where e.parent in (select id from page) group by e.parent
         )
         select fw.id, case when $9 then (select count(*) from place) end, page.id, page.parent, page.depth, page.path, coalesce(kids.n, 0),
             s.code, s.label, s.statement, s.item_type, s.body ->> 'listEnumeration', left(s.body ->> 'statusStartDate', 10), left(s.body ->> 'statusEndDate', 10)
         from fw
         left join page on true
         left join pls.standard s on s.tenant_id = fw.tenant_id and s.id = page.id
         left join kids on kids.parent = page.id
         order by page.path
         """;

    /// <summary>A page of the tree, and whether the framework exists.</summary>
    public Task<(bool Exists, List<Place> Places, long? Count)> ReadAsync(TreeQuestion question, CancellationToken ct) => reader.ExecuteUncompiledAsync(
        new NpgsqlBatchCommand(Text)
        {
            Parameters =
            {
                new() { Value = caller.TenantId },
                new() { Value = (object?)FrameworkLookup.IdIn(question.Framework) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                new() { Value = question.Framework },
                new() { Value = (object?)question.ParentId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                new() { Value = question.Depth },
                new() { Value = (object?)question.AfterPath ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
                new() { Value = (object?)question.AfterId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                new() { Value = (long)question.Take },
                new() { Value = question.Count },
            },
        },
        async (rows, token) =>
        {
            var places = new List<Place>();
            long? count = null;
            var exists = false;
            while (await rows.ReadAsync(token))
            {
                exists = true;
                count = rows.IsDBNull(1) ? null : rows.GetInt64(1);
                if (!rows.IsDBNull(2))
                    places.Add(new(rows.GetFieldValue<int[]>(5), Read(rows)));
            }

            return (exists, places, count);
        },
        ct);

    private static PlacedStandard Read(NpgsqlDataReader row) => new(
        row.GetGuid(2), row.IdOrNull(3), row.GetInt32(4), row.GetInt32(6), row.TextOrNull(7), row.TextOrNull(8), row.GetString(9), row.TextOrNull(10),
        row.TextOrNull(11), row.DayOrNull(12), row.DayOrNull(13));
}

/// <summary>What of a tree is wanted.</summary>
internal sealed record TreeQuestion(string Framework, Guid? ParentId, int Depth, int[]? AfterPath, Guid? AfterId, int Take, bool Count);

/// <summary>A place in a tree: the way to it, and what stands there.</summary>
internal sealed record Place(int[] Path, PlacedStandard Standard);
