using System.Globalization;
using Npgsql;
using PLService.Api.Domain.Frameworks.Case;

namespace PLService.Api.Persistence.Frameworks;

/// <summary>Which documents are listed, and how.</summary>
/// <param name="Filter">Alternatives of comparisons that must all hold; none lists all.</param>
/// <param name="Sort">The member to sort by; null is the title.</param>
/// <param name="Descending">From the greatest to the least.</param>
/// <param name="Limit">How many at most.</param>
/// <param name="Offset">How many are passed over.</param>
internal sealed record DocumentPage(IReadOnlyList<IReadOnlyList<CaseComparison>> Filter, CaseMember? Sort, bool Descending, int Limit, int Offset);

/// <summary>Lists documents; the database filters, sorts and cuts.</summary>
internal sealed class DocumentQuery(FrameworkReading reading)
{
    /// <summary>The page's documents with stored addresses, and how many there are on all pages.</summary>
    /// <param name="page">Which.</param>
    /// <param name="caseAddress">Where this installation provides CASE.</param>
    /// <param name="ct">Cancels.</param>
    public Task<(IReadOnlyList<string> Documents, long Count)> ListAsync(DocumentPage page, string caseAddress, CancellationToken ct)
    {
        var values = new List<object>();
        var conditions = page.Filter.Select(all => $"({string.Join(" and ", all.Select(comparison => Condition(comparison, caseAddress, values)))})").ToList();
        var where = conditions.Count == 0 ? "" : $" where {string.Join(" or ", conditions)}";
        var from = $"from (select f.id, {CaseObjects.DocumentSql} as d from pls.framework f where f.tenant_id = any($1) and f.status <> 'draft') f{where}";
        var order = page.Descending ? "desc nulls last" : "asc nulls last";
        NpgsqlBatchCommand Of(string sql)
        {
            var command = new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = reading.Tenants } } };
            values.ForEach(value => command.Parameters.Add(new() { Value = value }));
            return command;
        }

        return reading.ExecuteAsync<(IReadOnlyList<string>, long)>(
            [
                Of($"select count(*) {from}"),
                Of(string.Create(CultureInfo.InvariantCulture, $"select d::text {from} order by {SortKey(page.Sort)} {order}, id limit {page.Limit} offset {page.Offset}")),
            ],
            async (rows, token) =>
            {
                await rows.ReadAsync(token);
                var count = rows.GetInt64(0);
                await rows.NextResultAsync(token);
                var documents = new List<string>();
                while (await rows.ReadAsync(token))
                    documents.Add(rows.GetString(0));
                return (documents, count);
            },
            ct);
    }

    // Names of members come from the table of classes and values are parameters: nothing of a caller's text is in the statement.
    private static string SortKey(CaseMember? member) =>
        member?.Type is CaseType.Time ? $"(d->>'{member.Name}')::timestamptz" : $"lower(d->>'{member?.Name ?? "title"}')";

    private static string Condition(CaseComparison comparison, string caseAddress, List<object> values)
    {
        var (field, sign) = (comparison.Field, comparison.Operator);
        string Given(object value)
        {
            values.Add(value);
            return $"${values.Count + 1}";
        }

        if (field.Type is CaseType.Time && sign is not "~")
        {
            var time = DateTimeOffset.Parse(CaseTimes.Time(comparison.Value)!, CultureInfo.InvariantCulture).UtcDateTime;
            return sign == "!=" ? $"(d->>'{field.Name}')::timestamptz is distinct from {Given(time)}" : $"(d->>'{field.Name}')::timestamptz {sign} {Given(time)}";
        }

        var value = comparison.Value.ToLower(CultureInfo.InvariantCulture);
        if (field.Name == "uri" || comparison.Inner == "uri")
            value = value.Replace(caseAddress.ToLowerInvariant() + "/", "plservice:/", StringComparison.Ordinal);
        if (field.Type is CaseType.Texts or CaseType.Links)
            return OfList(field, comparison.Inner, sign, value, Given);
        var text = comparison.Inner is null ? $"lower(d->>'{field.Name}')" : $"lower(d->'{field.Name}'->>'{comparison.Inner}')";
        return sign switch
        {
            "~" => $"position({Given(value)} in {text}) > 0",
            "!=" => $"{text} is distinct from {Given(value)}",
            _ => $"{text} {sign} {Given(value)}",
        };
    }

    // With = all members have to be named, with ~ any of those that are named has to be in one.
    private static string OfList(CaseMember field, string? inner, string sign, string value, Func<object, string> given)
    {
        var list = $"(select array_agg(m order by m) from (select lower({(inner is null ? "e #>> '{}'" : $"e->>'{inner}'")}) as m "
            + $"from jsonb_array_elements(case when jsonb_typeof(d->'{field.Name}') = 'array' then d->'{field.Name}' else '[]' end) e) l)";
        var named = value.Split(',', StringSplitOptions.TrimEntries);
        return sign switch
        {
            "=" => $"{list} = (select array_agg(m order by m) from unnest({given(named)}) m)",
            "!=" => $"{list} is distinct from (select array_agg(m order by m) from unnest({given(named)}) m)",
            "~" => $"exists (select from unnest({list}) e, unnest({given(named)}) n where position(n in e) > 0)",
            _ => $"array_to_string({list}, ',') {sign} {given(value)}",
        };
    }
}
