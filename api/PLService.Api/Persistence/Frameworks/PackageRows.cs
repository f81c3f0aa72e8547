using Npgsql;
using NpgsqlTypes;
using PLService.Api.Domain;
using PLService.Api.Domain.Frameworks.Case;

namespace PLService.Api.Persistence.Frameworks;

/// <summary>Brings the rows of one table to what a package says, set by set; rows that say it already are not written.</summary>
/// <param name="Connection">A connection in a transaction of the tenant.</param>
/// <param name="TenantId">The tenant.</param>
/// <param name="FrameworkId">The framework.</param>
/// <param name="Now">The time of the change.</param>
internal sealed record PackageRows(NpgsqlConnection Connection, Guid TenantId, Guid FrameworkId, DateTimeOffset Now)
{
    private const int SetRows = 5_000;
    private const int SetCharacters = 8 * 1024 * 1024;

    /// <summary>What speaks against it: an object that the catalog or another framework has.</summary>
    /// <param name="table">The table.</param>
    /// <param name="all">Its objects, in their order.</param>
    /// <param name="result">Where changes are told.</param>
    /// <param name="beforeUpdate">Sees the identifiers of rows that are about to change.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<DomainError?> WriteAsync<T>(
        PackageTable<T> table, IReadOnlyList<T> all, PackageResult result, Func<List<Guid>, Task>? beforeUpdate, CancellationToken ct)
    {
        foreach (var (start, count) in Sets(table, all))
        {
            var set = all.Skip(start).Take(count).ToList();
            if (!table.IsShared && await FindInCatalogAsync(table, set, ct) is { } taken)
                return CaseImportErrors.InCatalog.At(table.Part, taken);
            var differing = await CompareAsync(table, set, start, ct);
            if (differing.Find(row => row.FrameworkId is { } other && other != FrameworkId) is { } foreign)
                return CaseImportErrors.Elsewhere.At(table.Part, table.Id(set[foreign.Index]));

            var changed = differing.FindAll(row => !row.IsSame);
            if (beforeUpdate is not null)
                await beforeUpdate([.. changed.Where(row => row.FrameworkId is not null).Select(row => table.Id(set[row.Index]))]);
            if (changed.Count > 0)
                await UpsertAsync(table, changed.ConvertAll(row => (start + row.Index, set[row.Index])), ct);
            var moved = differing.FindAll(row => row.IsSame);
            if (moved.Count > 0)
                await MoveAsync(table, moved.ConvertAll(row => (start + row.Index, set[row.Index])), ct);
            result.IsWritten |= differing.Count > 0;
            result[table.Part].Unchanged += set.Count - changed.Count;
            foreach (var row in changed)
            {
                result.Add(new(table.Part, table.Id(set[row.Index]), row.FrameworkId is null ? PackageOutcome.Created : PackageOutcome.Updated, row.Was, table.Title(set[row.Index])));
            }
        }

        return null;
    }

    /// <summary>A command within the transaction, which may take its time.</summary>
    public NpgsqlCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, Connection) { CommandTimeout = 300 };
        command.Parameters.Add(new() { Value = TenantId });
        command.Parameters.Add(new() { Value = FrameworkId });
        command.Parameters.AddRange(parameters);
        return command;
    }

    public static NpgsqlParameter Ids(IEnumerable<Guid> ids) => new() { Value = ids.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid };

    private static NpgsqlParameter Numbers(IEnumerable<int> numbers) => new() { Value = numbers.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };

    private static NpgsqlParameter Bodies<T>(PackageTable<T> table, IEnumerable<T> rows) =>
        new() { Value = rows.Select(table.Body).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb };

    private async Task<Guid?> FindInCatalogAsync<T>(PackageTable<T> table, List<T> set, CancellationToken ct)
    {
        await using var command = Command($"select id from {table.Name} where tenant_id = '{Guid.Empty}' and $1 <> $2 and id = any($3) limit 1", Ids(set.Select(table.Id)));
        return (Guid?)await command.ExecuteScalarAsync(ct);
    }

    private async Task<List<Difference>> CompareAsync<T>(PackageTable<T> table, List<T> set, int start, CancellationToken ct)
    {
        await using var command = Command(
            $"""
             select g.ord::int - 1, t.framework_id, {table.Label}, t.id is not null and t.body = g.body
             from unnest($3, $4, $5) with ordinality g(id, position, body, ord)
             left join {table.Name} t on t.tenant_id = $1 and t.id = g.id{(table.IsShared ? " and t.framework_id = $2" : "")}
             where $2 is not null and (t.id is null or t.framework_id <> $2 or t.position <> g.position or t.body <> g.body)
             order by g.ord
             """,
            Ids(set.Select(table.Id)), Numbers(Enumerable.Range(start, set.Count)), Bodies(table, set));
        var found = new List<Difference>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var exists = !reader.IsDBNull(1);
            found.Add(new(reader.GetInt32(0), exists ? reader.GetGuid(1) : null, exists && !reader.IsDBNull(2) ? reader.GetString(2) : null, reader.GetBoolean(3)));
        }

        return found;
    }

    private async Task UpsertAsync<T>(PackageTable<T> table, List<(int Position, T Row)> rows, CancellationToken ct)
    {
        var names = string.Join(", ", table.Columns.Select(column => column.Name));
        var (times, given) = table.IsVersioned ? (", version, created_at, updated_at", ", 1, $6, $6") : ("", "");
        var stamp = table.IsVersioned ? ", version = t.version + 1, updated_at = excluded.updated_at" : "";
        await using var command = Command(
            $"""
             insert into {table.Name} as t (tenant_id, framework_id, id, position, body, {names}{times})
             select $1, $2, g.id, g.position, g.body, {string.Join(", ", table.Columns.Select(column => "g." + column.Name))}{given}
             from unnest($3, $4, $5, {string.Join(", ", table.Columns.Select((_, i) => $"${i + 7}"))}) g(id, position, body, {names})
             where $6::timestamptz is not null
             on conflict (tenant_id, {(table.IsShared ? "framework_id, " : "")}id) do update
             set position = excluded.position, body = excluded.body, {string.Join(", ", table.Columns.Select(column => $"{column.Name} = excluded.{column.Name}"))}{stamp}
             """,
            [
                Ids(rows.Select(row => table.Id(row.Row))), Numbers(rows.Select(row => row.Position)), Bodies(table, rows.Select(row => row.Row)),
                new() { Value = Now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                .. table.Columns.Select(column => new NpgsqlParameter { Value = Values(column, rows), NpgsqlDbType = NpgsqlDbType.Array | column.Type }),
            ]);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task MoveAsync<T>(PackageTable<T> table, List<(int Position, T Row)> rows, CancellationToken ct)
    {
        await using var command = Command(
            $"update {table.Name} t set position = g.position from unnest($3, $4) g(id, position) where t.tenant_id = $1 and t.framework_id = $2 and t.id = g.id",
            Ids(rows.Select(row => table.Id(row.Row))), Numbers(rows.Select(row => row.Position)));
        await command.ExecuteNonQueryAsync(ct);
    }

    private static object Values<T>(PackageColumn<T> column, List<(int Position, T Row)> rows) => column.Type switch
    {
        NpgsqlDbType.Uuid => rows.Select(row => (Guid?)column.Value(row.Row)).ToArray(),
        NpgsqlDbType.Integer => rows.Select(row => (int?)column.Value(row.Row)).ToArray(),
        _ => rows.Select(row => (string?)column.Value(row.Row)).ToArray(),
    };

    private static IEnumerable<(int Start, int Count)> Sets<T>(PackageTable<T> table, IReadOnlyList<T> all)
    {
        for (int start = 0, count; start < all.Count; start += count)
        {
            count = 0;
            for (var characters = 0; start + count < all.Count && count < SetRows && (count == 0 || characters < SetCharacters); count++)
                characters += table.Body(all[start + count]).Length;
            yield return (start, count);
        }
    }

    private sealed record Difference(int Index, Guid? FrameworkId, string? Was, bool IsSame);
}

internal static class PackageRefusals
{
    /// <summary>The refusal with the object that it is about.</summary>
    public static DomainError At(this DomainError error, PackagePart part, Guid id) => error with { Message = $"{error.Message} It is the {EnumText.Of(part)} {id}." };
}
