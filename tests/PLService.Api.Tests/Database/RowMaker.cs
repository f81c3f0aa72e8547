using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace PLService.Api.Tests.Database;

/// <summary>
/// Makes a row for any table from what the catalog says of its columns, so that a new table takes part in the tests without being named.
/// Foreign keys take the tenant's first row of the other table; checks of the form "one of" take their first value.
/// </summary>
internal sealed partial class RowMaker(IReadOnlyList<RowMaker.Table> tables)
{
    internal sealed record Table(string Name, IReadOnlyList<Column> Columns, IReadOnlyList<Reference> References, IReadOnlyList<string> Checks)
    {
        public string Tenant => Name == "pls.tenant" ? "id" : "tenant_id";
    }

    internal sealed record Column(string Name, string Type, bool Nullable);

    internal sealed record Reference(string Table, string[] From, string[] To);

    /// <summary>All tenant tables, those first that others refer to.</summary>
    public IReadOnlyList<Table> Tables { get; } = Sort(tables);

    public static async Task<RowMaker> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var tables = new List<Table>();
        foreach (var name in await RlsGate.TablesAsync(connection, ct))
        {
            var columns = await RlsGate.ListAsync(connection, $"""
                select format('%s|%s|%s', attname, format_type(atttypid, atttypmod), attnotnull) from pg_attribute
                where attrelid = '{name}'::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum
                """, ct);
            var references = await RlsGate.ListAsync(connection, $"""
                select format('%s|%s|%s', confrelid::regclass,
                    (select string_agg(a.attname, ',' order by o) from unnest(conkey) with ordinality k(n, o) join pg_attribute a on a.attrelid = conrelid and a.attnum = n),
                    (select string_agg(a.attname, ',' order by o) from unnest(confkey) with ordinality k(n, o) join pg_attribute a on a.attrelid = confrelid and a.attnum = n))
                from pg_constraint where contype = 'f' and conrelid = '{name}'::regclass
                """, ct);
            var checks = await RlsGate.ListAsync(connection, $"select pg_get_constraintdef(oid) from pg_constraint where contype = 'c' and conrelid = '{name}'::regclass", ct);
            tables.Add(new(
                name,
                [.. columns.Select(c => c.Split('|')).Select(c => new Column(c[0], c[1], c[2] == "f"))],
                [.. references.Select(r => r.Split('|')).Select(r => new Reference(r[0], r[1].Split(','), r[2].Split(',')))],
                checks));
        }

        return new RowMaker(tables);
    }

    /// <summary>An insert of one new row of <paramref name="tenant"/>; what it refers to must be visible when it runs.</summary>
    public static string Insert(Table table, Guid tenant)
    {
        var values = table.Columns.ToDictionary(column => column.Name, column => ValueOf(table, column, tenant));
        return $"insert into {table.Name} ({string.Join(", ", values.Keys)}) values ({string.Join(", ", values.Values)})";
    }

    private static string ValueOf(Table table, Column column, Guid tenant)
    {
        if (column.Name == table.Tenant || column.Name.EndsWith("tenant_id", StringComparison.Ordinal))
            return $"'{tenant}'";
        // What need not be there is left out, unless it is one of the texts or documents that a tenant would not want to be seen.
        if (column.Nullable && column.Type is not ("text" or "jsonb" or "bytea"))
            return "null";
        if (table.References.FirstOrDefault(r => r.From.Contains(column.Name)) is { } reference)
        {
            var there = reference.To[Array.IndexOf(reference.From, column.Name)];
            var key = reference.Table == "pls.tenant" ? "id" : "tenant_id";
            return $"(select {there} from {reference.Table} where {key} = '{tenant}' order by 1 limit 1)";
        }

        foreach (var check in table.Checks)
        {
            if (OneOf().Match(check) is { Success: true } match && match.Groups["column"].Value == column.Name)
                return match.Groups["first"].Value;
        }

        // A period ends after it begins.
        return column is { Type: "date", Name: "ends_on" } ? "date '2027-08-31'" : Plain(column.Type);
    }

    private static string Plain(string type) => type switch
    {
        "uuid" => $"'{Guid.CreateVersion7()}'",
        // Fits patterns of short names, too.
        "text" => $"'x{Guid.NewGuid().ToString("N")[..16]}'",
        "bigint" or "integer" or "smallint" => "1",
        "boolean" => "false",
        "date" => "date '2026-09-01'",
        "time without time zone" => "time '09:00'",
        "timestamp with time zone" => "timestamptz '2026-09-01'",
        "jsonb" => """'{"canary": true}'""",
        "bytea" => @"'\x00ff'",
        "xid8" => "pg_current_xact_id()",
        "double precision" or "numeric" or "real" => "1",
        _ when type.EndsWith("[]", StringComparison.Ordinal) => $"'{{}}'::{type}",
        _ => throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"RowMaker has no value for columns of type {type}; add one to Plain.")),
    };

    private static List<Table> Sort(IReadOnlyList<Table> tables)
    {
        var sorted = new List<Table>();
        while (sorted.Count < tables.Count)
        {
            var next = tables.First(t => !sorted.Contains(t) && t.References.All(r => r.Table == t.Name || sorted.Exists(s => s.Name == r.Table)));
            sorted.Add(next);
        }

        return sorted;
    }

    [GeneratedRegex(@"CHECK \(\(\(?(?<column>\w+)\)?(::text)? = ANY \(ARRAY\[(?<first>[^,\]]+)")]
    private static partial Regex OneOf();
}
