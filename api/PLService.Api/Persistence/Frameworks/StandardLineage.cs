using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;

namespace PLService.Api.Persistence.Frameworks;

/// <summary>
/// Tells which standard of today is meant where a document names one by codes, so that what was said under an old name and what is said under
/// the new one are one line. Codes are read as of today: a code means the standard that has it now, and only when none has it the one that had it
/// last. From there the way goes on through replacedBy, as long as exactly one standard replaces the one before: where one was split in two,
/// nobody can say which of them goes on with its line, and it ends there.
/// </summary>
internal sealed class StandardLineage(TenantReader reader, Caller caller)
{
    // A code that several standards of a framework have, as packages of others allow, means the first of them.
    private static readonly string Text =
        $"""
         with recursive given as (
             select * from unnest($2::text[], $3::text[]) with ordinality g(framework_code, standard_code, n)
         ), fw as (
             select distinct on (f.code) f.code, f.tenant_id, f.id
             from pls.framework f
             where f.tenant_id in ($1, '{Guid.Empty}') and f.code in (select framework_code from given)
             order by f.code, f.tenant_id desc
         ), named as (
             select g.n, coalesce(
                 (select s.id from pls.standard s
                  where s.tenant_id = fw.tenant_id and s.code = g.standard_code and s.framework_id = fw.id order by s.position, s.id limit 1),
                 (select s.id from pls.standard_name o join pls.standard s on s.tenant_id = o.tenant_id and s.id = o.standard_id
                  where o.tenant_id = fw.tenant_id and o.code = g.standard_code and s.framework_id = fw.id order by o.valid_to desc, o.id desc limit 1),
                 (select s.id from pls.standard s
                  where s.tenant_id = fw.tenant_id and s.framework_id = fw.id and s.id = case when g.standard_code ~ '{UuidPattern}' then g.standard_code::uuid end)) as id
             from given g join fw on fw.code = g.framework_code
         ), line(n, id, steps, path) as (
             select n, id, 0, array[id] from named where id is not null
             union all
             select line.n, x.id, line.steps + 1, line.path || x.id
             from line cross join lateral (
                 select (array_agg(distinct a.destination_id))[1] as id
                 from pls.standard_association a
                 where a.tenant_id in ($1, '{Guid.Empty}') and a.type = 'replacedBy' and a.origin_id = line.id
                   and exists (select 1 from pls.standard s where s.tenant_id in ($1, '{Guid.Empty}') and s.id = a.destination_id)
                 having count(distinct a.destination_id) = 1) x
             where x.id <> all(line.path) and line.steps < {FrameworkLimits.ReadDepth}
         ), ending as (
             select distinct on (n) n, id, steps from line order by n, steps desc
         )
         select e.n, e.steps, s.id, f.id, f.code, s.code, s.label, s.statement
         from ending e
         cross join lateral (select * from pls.standard x where x.tenant_id in ($1, '{Guid.Empty}') and x.id = e.id order by x.tenant_id desc limit 1) s
         join pls.framework f on f.tenant_id = s.tenant_id and f.id = s.framework_id
         """;

    private const string UuidPattern = "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$";

    /// <summary>The standard of today for each of these names, in one round trip; names that mean nothing here are left out.</summary>
    /// <param name="names">How documents name standards, 10,000 at most; the same one may be given twice.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyDictionary<StandardKey, CanonicalStandard>> ResolveAsync(IEnumerable<StandardKey> names, CancellationToken ct)
    {
        var given = names.Distinct().ToList();
        if (given.Count == 0)
            return new Dictionary<StandardKey, CanonicalStandard>();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(given.Count, FrameworkLimits.Pairs, nameof(names));

        return await reader.ExecuteAsync(
            new NpgsqlBatchCommand(Text)
            {
                Parameters =
                {
                    new() { Value = caller.TenantId },
                    new() { Value = given.Select(key => key.FrameworkCode).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                    new() { Value = given.Select(key => key.StandardCode).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                },
            },
            async (rows, token) =>
            {
                var found = new Dictionary<StandardKey, CanonicalStandard>();
                while (await rows.ReadAsync(token))
                    found.Add(given[(int)rows.GetInt64(0) - 1], Read(rows));
                return found;
            },
            ct);
    }

    private static CanonicalStandard Read(NpgsqlDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        return new(row.GetGuid(2), row.GetGuid(3), row.GetString(4), Text(5), Text(6), row.GetString(7), row.GetInt32(1));
    }
}

/// <summary>How a document names a standard.</summary>
/// <param name="FrameworkCode">Code of the framework.</param>
/// <param name="StandardCode">Code of the standard, of today or of former days, or its identifier.</param>
public readonly record struct StandardKey(string FrameworkCode, string StandardCode);

/// <summary>The standard of today at the end of a line of renames and replacements.</summary>
/// <param name="Id">Its identifier, the same for every name of the line.</param>
/// <param name="FrameworkId">Its framework.</param>
/// <param name="FrameworkCode">Code of that framework.</param>
/// <param name="Code">How people cite it today.</param>
/// <param name="Label">A short form.</param>
/// <param name="Statement">The whole text.</param>
/// <param name="Steps">How many replacements lie between the standard that was named and this one; 0 when it is the same, whatever it was called.</param>
public sealed record CanonicalStandard(Guid Id, Guid FrameworkId, string FrameworkCode, string? Code, string? Label, string Statement, int Steps);
