using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>
/// Searches standards by their names of today and of former days, in one round trip. It looks at every standard that the tenant can read: only
/// what is not plain ASCII is rid of its accents first, which is most of the work.
/// </summary>
internal sealed class SearchReader(TenantReader reader, Caller caller)
{
    private static readonly string Text =
        $"""
         with ask as materialized (
             select {Folded("$8::text")} as whole, {Folded("$9::text")} || '%' as beginning, '%' || {Folded("$9::text")} || '%' as part,
                 (select array_agg('%' || {Folded("w")} || '%') from unnest($10::text[]) w) as words
         ), fw as materialized (
             select f.tenant_id, f.id, f.code, f.title, f.status
             from pls.framework f
             where f.tenant_id in ($1, '{Guid.Empty}')
               and ($2::text is null or f.code = $2 or f.id = $3::uuid)
               and (f.tenant_id = $1 or not exists (select 1 from pls.framework own where own.tenant_id = $1 and (own.id = f.id or own.code = f.code)))
         ), item as (
             select s.tenant_id, s.id, s.framework_id, fw.code as framework_code, s.position, s.code, s.label, s.statement, s.body
             from fw join pls.standard s on s.tenant_id = fw.tenant_id and s.framework_id = fw.id
             where ($4::text is null or lower(s.item_type) = lower($4))
               and ($5::date is null or (
                   coalesce(left(s.body ->> 'statusStartDate', 10) <= $5::text, true) and coalesce(left(s.body ->> 'statusEndDate', 10) >= $5::text, true)))
         ), former as (
             select i.tenant_id, i.id, i.framework_code, i.position, n.code, n.label, n.statement, n.valid_from, n.valid_to, n.id as name_id
             from pls.standard_name n join item i on i.tenant_id = n.tenant_id and i.id = n.standard_id
             where n.tenant_id in ($1, '{Guid.Empty}')
         ), named as (
             select i.tenant_id, i.id, i.framework_code, i.position, i.code, i.label, i.statement, i.body ->> 'notes' as notes, null::date as valid_from, null::date as valid_to,
                 null::uuid as name_id
             from item i
             where $5::date is null or not exists (select 1 from pls.standard_name n where n.tenant_id = i.tenant_id and n.standard_id = i.id and n.valid_to > $5)
             union all
             select tenant_id, id, framework_code, position, code, label, statement, null, valid_from, valid_to, name_id
             from former where $5::date is null or ((valid_from is null or valid_from <= $5) and valid_to > $5)
         ), hit as materialized (
             select distinct on (n.tenant_id, n.id) n.tenant_id, n.id, n.framework_code, n.position, n.name_id, n.code, n.label, n.statement, n.valid_from, n.valid_to,
                 case when n.name_id is not null then 4
                      when {Folded("n.code")} = ask.whole then 0
                      when {Folded("n.code")} like ask.beginning then 1
                      when {Folded("n.label")} like ask.part then 2
                      else 3 end as rank
             from ask
             cross join named n
             cross join lateral (select concat_ws(' ', n.code, n.label, n.statement, n.notes) as text offset 0) x
             where ($6::text is null or case when $7 then lower(n.code) like $6 else lower(n.code) = $6 end)
               and (ask.words is null or {Folded("x.text")} like all(ask.words))
             order by n.tenant_id, n.id, n.valid_to desc nulls first
         ), page as (
             select * from hit where $11::int is null or (rank, framework_code, position, id) > ($11, $12, $13, $14) order by rank, framework_code, position, id limit $15
         )
         select case when $16 then (select count(*) from hit) end, p.rank, p.framework_code, p.position, p.id, f.id, f.title, f.status, f.tenant_id,
             s.code, s.label, s.statement, s.item_type, left(s.body ->> 'statusStartDate', 10), left(s.body ->> 'statusEndDate', 10),
             p.valid_to, p.code, p.label, p.statement, p.valid_from
         from page p
         join pls.standard s on s.tenant_id = p.tenant_id and s.id = p.id
         join fw f on f.tenant_id = s.tenant_id and f.id = s.framework_id
         order by p.rank, p.framework_code, p.position, p.id
         """;

    /// <summary>A page of what is found, with its place in the order, and how many there are when that was asked for.</summary>
    public Task<(List<SearchHit> Found, long? Count)> ReadAsync(SearchStandards.Request request, SearchPlace? after, CancellationToken ct) => reader.ExecuteUncompiledAsync(
        Command(request, after),
        async (rows, token) =>
        {
            var found = new List<SearchHit>();
            long? count = request.Count is true ? 0 : null;
            while (await rows.ReadAsync(token))
            {
                count = rows.IsDBNull(0) ? null : rows.GetInt64(0);
                found.Add(new(new(rows.GetInt32(1), rows.GetString(2), rows.GetInt32(3), rows.GetGuid(4)), Read(rows)));
            }

            return (found, count);
        },
        ct);

    private NpgsqlBatchCommand Command(SearchStandards.Request request, SearchPlace? after)
    {
        var whole = request.Q?.Trim();
        var code = request.Code?.ToLowerInvariant();
        var begins = code?.EndsWith('*') is true;
        return new(Text)
        {
            Parameters =
            {
                new() { Value = caller.TenantId },
                Value(NpgsqlDbType.Text, request.Framework),
                Value(NpgsqlDbType.Uuid, request.Framework is null ? null : FrameworkLookup.IdIn(request.Framework)),
                Value(NpgsqlDbType.Text, request.ItemType),
                Value(NpgsqlDbType.Date, request.AsOf),
                Value(NpgsqlDbType.Text, begins ? SearchWords.Escape(code![..^1]) + "%" : code),
                new() { Value = begins },
                Value(NpgsqlDbType.Text, whole),
                Value(NpgsqlDbType.Text, whole is null ? null : SearchWords.Escape(whole)),
                Value(NpgsqlDbType.Array | NpgsqlDbType.Text, whole is null ? null : SearchWords.In(whole).Select(SearchWords.Escape).ToArray()),
                Value(NpgsqlDbType.Integer, after?.Rank),
                Value(NpgsqlDbType.Text, after?.FrameworkCode),
                Value(NpgsqlDbType.Integer, after?.Position),
                Value(NpgsqlDbType.Uuid, after?.Id),
                new() { Value = request.Take + 1L },
                new() { Value = request.Count is true },
            },
        };
    }

    private static SearchStandards.Item Read(NpgsqlDataReader row) => new(
        row.GetGuid(4),
        new(row.GetGuid(5), row.GetString(2), row.GetString(6), EnumText.Parse<FrameworkStatus>(row.GetString(7)), row.GetGuid(8) == Guid.Empty),
        row.TextOrNull(9), row.TextOrNull(10), row.GetString(11), row.TextOrNull(12), row.DayOrNull(13), row.DayOrNull(14),
        row.DateOrNull(15) is { } validTo ? new(row.TextOrNull(16), row.TextOrNull(17), row.GetString(18), row.DateOrNull(19), validTo) : null);

    /// <summary>SQL of a text in lower case without accents. In lower case last: the C locale knows no capitals with accents.</summary>
    private static string Folded(string text) =>
        $"case when octet_length({text}) = char_length({text}) then lower({text}) else lower(normalize(regexp_replace(normalize({text}, NFD), '[\\u0300-\\u036f]', '', 'g'), NFC)) end";

    private static NpgsqlParameter Value(NpgsqlDbType type, object? value) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}

/// <summary>A place in the order of what was found.</summary>
internal sealed record SearchPlace(int Rank, string FrameworkCode, int Position, Guid Id);

/// <summary>What was found, and where.</summary>
internal sealed record SearchHit(SearchPlace Place, SearchStandards.Item Item);
