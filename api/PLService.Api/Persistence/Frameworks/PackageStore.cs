using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Frameworks.Case;

namespace PLService.Api.Persistence.Frameworks;

/// <summary>Takes a package into the tenant's frameworks: a new one, or another state of the one with its identifier.</summary>
internal sealed class PackageStore(PLServiceDbContext db, Caller caller, TimeProvider clock)
{
    /// <summary>Writes within the transaction that is open; with a refusal it is the caller's to roll back.</summary>
    public async Task<PackageResult> WriteAsync(CasePackage package, PackageTaking taking, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is null)
            throw new InvalidOperationException("A package is written within a transaction.");
        var rows = new PackageRows((NpgsqlConnection)db.Database.GetDbConnection(), caller.TenantId, package.Document.Id, clock.GetUtcNow());
        // One import at a time in a tenant, so that two cannot both find a code or an identifier free.
        await using (var command = rows.Command("select pg_advisory_xact_lock(hashtextextended('pls.framework_import ' || $1, 0)) where $2 is not null"))
            await command.ExecuteNonQueryAsync(ct);
        await PreferSetsAsync(rows, "off", ct);

        var result = new PackageResult { FrameworkId = package.Document.Id, Title = package.Document.Title };
        result.Refusal = await PutFrameworkAsync(rows, package, taking, result, ct) ?? await PutRowsAsync(rows, package, result, ct);
        if (result.Refusal is not null)
            return result;

        if (taking.IsWhole && !result.Created)
            await new PackageLeftovers(rows, result.Status, result.Code, IsOwn(package), result).ClearAsync(package, ct);
        if (result.IsWritten && !result.Created)
            result.Version = await TouchAsync(rows, ct);
        await PreferSetsAsync(rows, "on", ct);
        return result;
    }

    // How many rows an array has is not seen when a statement is planned, and a loop over thousands takes longer than all the rest.
    private static async Task PreferSetsAsync(PackageRows rows, string loops, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"set local enable_nestloop = {loops}", rows.Connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static bool IsOwn(CasePackage package) => CaseObject.Read(package.Document.Body).Text("uri")?.StartsWith("plservice:/", StringComparison.Ordinal) is true;

    private static async Task<DomainError?> PutRowsAsync(PackageRows rows, CasePackage package, PackageResult result, CancellationToken ct) =>
        await rows.WriteAsync(PackageTables.Definitions, package.Definitions, result, null, ct)
        ?? await rows.WriteAsync(PackageTables.Items, package.Items, result, changed => KeepNamesAsync(rows, package, changed, result.Status, ct), ct)
        ?? await rows.WriteAsync(PackageTables.Associations, package.Associations, result, null, ct)
        ?? await rows.WriteAsync(PackageTables.Rubrics, package.Rubrics, result, null, ct);

    private static async Task<DomainError?> PutFrameworkAsync(PackageRows rows, CasePackage package, PackageTaking taking, PackageResult result, CancellationToken ct)
    {
        if (await ExistsInCatalogAsync(rows, ct))
            return FrameworkErrors.IsCatalog;
        var (document, now) = (package.Document, new NpgsqlParameter { Value = rows.Now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        NpgsqlParameter[] texts = [Text(document.Title), Json(document.Body), Json(package.PackageExtensions), Json(package.DefinitionExtensions)];

        await using var find = rows.Command(
            """
            select code, status, version, (body, package_extensions, definition_extensions) is distinct from ($3, $4, $5), title
            from pls.framework where tenant_id = $1 and id = $2 for update
            """, Json(document.Body), Json(package.PackageExtensions), Json(package.DefinitionExtensions));
        await using (var reader = await find.ExecuteReaderAsync(ct))
        {
            if (await reader.ReadAsync(ct))
            {
                (result.Code, result.Status, result.Version) = (reader.GetString(0), EnumText.Parse<FrameworkStatus>(reader.GetString(1)), reader.GetInt64(2));
                if (reader.GetBoolean(3))
                    result.Add(new(PackagePart.Framework, document.Id, PackageOutcome.Updated, reader.GetString(4), document.Title));
                else
                    result[PackagePart.Framework].Unchanged++;
            }
            else
            {
                result.Created = true;
            }
        }

        if (result.Created)
            return await CreateAsync(rows, taking, result, [.. texts, now], ct);
        if (taking.Code is { } code && code != result.Code)
            return CaseImportErrors.OtherCode with { Message = $"{CaseImportErrors.OtherCode.Message} It is {result.Code}." };
        if (result.Status is FrameworkStatus.Retired)
            return FrameworkErrors.IsRetired;

        var publishes = taking.Publish && result.Status is FrameworkStatus.Draft;
        if (result[PackagePart.Framework].Unchanged > 0 && !publishes)
            return null;
        await using var update = rows.Command(
            $"""
             update pls.framework set title = $3, body = $4, package_extensions = $5, definition_extensions = $6,
                 status = {(publishes ? "'published', published_at = $7" : "status")}
             where tenant_id = $1 and id = $2
             """, publishes ? [.. texts, now] : texts);
        await update.ExecuteNonQueryAsync(ct);
        result.Status = publishes ? FrameworkStatus.Published : result.Status;
        result.IsWritten = true;
        return null;
    }

    private static async Task<DomainError?> CreateAsync(PackageRows rows, PackageTaking taking, PackageResult result, NpgsqlParameter[] parameters, CancellationToken ct)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        await using (var command = rows.Command($"select code from pls.framework where tenant_id in ($1, '{Guid.Empty}') and $2 is not null"))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                taken.Add(reader.GetString(0));
        }

        if (taking.Code is { } wanted && taken.Contains(wanted))
            return FrameworkErrors.CodeTaken;
        result.Code = taking.Code ?? FrameworkCodes.Of(result.Title, taken);
        result.Status = taking.Publish ? FrameworkStatus.Published : FrameworkStatus.Draft;
        (result.Version, result.IsWritten) = (1, true);
        await using var insert = rows.Command(
            """
            insert into pls.framework (tenant_id, id, code, title, status, body, package_extensions, definition_extensions, published_at, version, created_at, updated_at)
            select $1, $2, $8, $3, $9, $4, $5, $6, case when $9 = 'published' then $7 end, 1, $7, $7
            """, [.. parameters, Text(result.Code), Text(EnumText.Of(result.Status))]);
        await insert.ExecuteNonQueryAsync(ct);
        result.Add(new(PackagePart.Framework, result.FrameworkId, PackageOutcome.Created, null, result.Title));
        return null;
    }

    private static async Task<bool> ExistsInCatalogAsync(PackageRows rows, CancellationToken ct)
    {
        await using var command = rows.Command($"select exists (select from pls.framework where tenant_id = '{Guid.Empty}' and $1 <> $2 and id = $2)");
        return await command.ExecuteScalarAsync(ct) is true;
    }

    // What people may have cited a standard by is kept, as Standard.Reword keeps it for one.
    private static async Task KeepNamesAsync(PackageRows rows, CasePackage package, List<Guid> changed, FrameworkStatus status, CancellationToken ct)
    {
        if (changed.Count == 0 || status is FrameworkStatus.Draft)
            return;
        var ids = changed.ToHashSet();
        var wording = package.Items.FindAll(item => ids.Contains(item.Id));
        await using var command = rows.Command(
            """
            insert into pls.standard_name (tenant_id, id, standard_id, code, statement, label, valid_from, valid_to)
            select $1, g.name_id, t.id, t.code, t.statement, t.label,
                (select max(n.valid_to) from pls.standard_name n where n.tenant_id = $1 and n.standard_id = t.id), $8
            from unnest($3, $4, $5, $6, $7) g(id, name_id, code, statement, label)
            join pls.standard t on t.tenant_id = $1 and t.framework_id = $2 and t.id = g.id
            where (t.code, t.statement, t.label) is distinct from (g.code, g.statement, g.label)
            """,
            PackageRows.Ids(wording.Select(item => item.Id)), PackageRows.Ids(wording.Select(_ => Guid.CreateVersion7())), Texts(wording.Select(item => item.Wording.Code)),
            Texts(wording.Select(item => (string?)item.Wording.Statement)), Texts(wording.Select(item => item.Wording.Label)),
            new() { Value = DateOnly.FromDateTime(rows.Now.UtcDateTime) });
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<long> TouchAsync(PackageRows rows, CancellationToken ct)
    {
        await using var command = rows.Command(
            "update pls.framework set version = version + 1, updated_at = $3 where tenant_id = $1 and id = $2 returning version",
            new NpgsqlParameter { Value = rows.Now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static NpgsqlParameter Text(string? text) => new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Json(string? json) => new() { Value = (object?)json ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static NpgsqlParameter Texts(IEnumerable<string?> texts) => new() { Value = texts.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
