using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Frameworks.Case;

namespace PLService.Api.Persistence.Frameworks;

/// <summary>
/// What a framework has and its package does not have any more. A draft loses it, unless something refers to it. A published framework keeps
/// its statements and marks them as ended, with their place in the tree, and keeps definitions and rubrics; only links go. What was added
/// here to a framework that comes from elsewhere is no business of its publisher and stays.
/// </summary>
internal sealed class PackageLeftovers(PackageRows rows, FrameworkStatus status, string frameworkCode, bool isOwn, PackageResult result)
{
    // Addresses of objects that were made here.
    private const string Local = "(t.body->>'uri' like 'plservice:/%')";

    public async Task ClearAsync(CasePackage package, CancellationToken ct)
    {
        var kept = await ClearItemsAsync(await FindAsync(PackageTables.Items, package.Items, ct), ct);
        await ClearAssociationsAsync(await FindAsync(PackageTables.Associations, package.Associations, ct), kept, ct);
        await ClearOthersAsync(PackageTables.Definitions, await FindAsync(PackageTables.Definitions, package.Definitions, ct), ct);
        await ClearOthersAsync(PackageTables.Rubrics, await FindAsync(PackageTables.Rubrics, package.Rubrics, ct), ct);
    }

    private async Task<Guid[]> FindAsync<T>(PackageTable<T> table, IReadOnlyList<T> given, CancellationToken ct)
    {
        var known = given.Select(table.Id).ToHashSet();
        var missing = new List<Guid>();
        await using var command = rows.Command($"select t.id from {table.Name} t where t.tenant_id = $1 and t.framework_id = $2{(isOwn ? "" : " and not " + Local)} order by t.position, t.id");
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (!known.Contains(reader.GetGuid(0)))
                missing.Add(reader.GetGuid(0));
        }

        return [.. missing];
    }

    private async Task<Guid[]> ClearItemsAsync(Guid[] missing, CancellationToken ct)
    {
        if (missing.Length == 0)
            return [];
        var today = rows.Now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (status is FrameworkStatus.Draft)
        {
            var removed = await ChangeAsync(PackageTables.Items, PackageOutcome.Removed,
                """
                delete from pls.standard t where t.tenant_id = $1 and t.framework_id = $2 and t.id = any($3)
                    and not exists (select from pls.standard_reference r where r.tenant_id = $1 and r.framework_code = $4 and r.standard_code in (t.code, t.id::text))
                    and not exists (select from pls.standard_association a where a.tenant_id = $1 and a.framework_id <> $2 and a.origin_id = t.id)
                    and not exists (select from pls.standard_association a where a.tenant_id = $1 and a.framework_id <> $2 and a.destination_id = t.id)
                """, missing, ct, new NpgsqlParameter { Value = frameworkCode });
            var rest = missing.Except(removed).ToArray();
            await TellKeptAsync(PackageTables.Items, rest, ct);
            return rest;
        }

        var ended = await ChangeAsync(PackageTables.Items, PackageOutcome.Ended,
            """
            update pls.standard t set body = t.body || jsonb_build_object('statusEndDate', $4, 'lastChangeDateTime', $5), version = t.version + 1, updated_at = $6
            where t.tenant_id = $1 and t.framework_id = $2 and t.id = any($3) and coalesce(t.body->>'statusEndDate', '9999') > $4
            """, missing, ct,
            new NpgsqlParameter { Value = today }, new NpgsqlParameter { Value = rows.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) },
            new NpgsqlParameter { Value = rows.Now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await TellKeptAsync(PackageTables.Items, [.. missing.Except(ended)], ct);
        return missing;
    }

    private async Task ClearAssociationsAsync(Guid[] missing, Guid[] keptItems, CancellationToken ct)
    {
        if (missing.Length == 0)
            return;
        var removed = await ChangeAsync(PackageTables.Associations, PackageOutcome.Removed,
            """
            delete from pls.standard_association t where t.tenant_id = $1 and t.framework_id = $2 and t.id = any($3)
                and not (t.type = 'isChildOf' and coalesce(t.origin_id = any($4), false))
            """, missing, ct, PackageRows.Ids(keptItems));
        await TellKeptAsync(PackageTables.Associations, [.. missing.Except(removed)], ct);
    }

    private async Task ClearOthersAsync<T>(PackageTable<T> table, Guid[] missing, CancellationToken ct)
    {
        if (missing.Length > 0 && status is FrameworkStatus.Draft)
            await ChangeAsync(table, PackageOutcome.Removed, $"delete from {table.Name} t where t.tenant_id = $1 and t.framework_id = $2 and t.id = any($3)", missing, ct);
        else if (missing.Length > 0)
            await TellKeptAsync(table, missing, ct);
    }

    private async Task<List<Guid>> ChangeAsync<T>(PackageTable<T> table, PackageOutcome outcome, string sql, Guid[] ids, CancellationToken ct, params NpgsqlParameter[] more)
    {
        var changed = new List<Guid>();
        await using var command = rows.Command($"{sql} returning t.id, {table.Label}", [PackageRows.Ids(ids), .. more]);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var label = reader.IsDBNull(1) ? "" : reader.GetString(1);
            changed.Add(reader.GetGuid(0));
            result.Add(new(table.Part, reader.GetGuid(0), outcome, label, outcome is PackageOutcome.Removed ? null : label));
        }

        result.IsWritten |= changed.Count > 0;
        return changed;
    }

    private async Task TellKeptAsync<T>(PackageTable<T> table, Guid[] ids, CancellationToken ct)
    {
        if (ids.Length == 0)
            return;
        await using var command = rows.Command($"select t.id, {table.Label} from {table.Name} t where t.tenant_id = $1 and t.framework_id = $2 and t.id = any($3) order by t.position, t.id", PackageRows.Ids(ids));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var label = reader.IsDBNull(1) ? "" : reader.GetString(1);
            result.Add(new(table.Part, reader.GetGuid(0), PackageOutcome.Kept, label, label));
        }
    }
}
