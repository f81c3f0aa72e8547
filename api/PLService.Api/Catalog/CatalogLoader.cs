using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Plans;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Catalog;

/// <summary>Loads what ships with the service into the system catalog (the nil tenant). A version that is there already is never changed.</summary>
internal static class CatalogLoader
{
    private const string InstrumentFolder = "catalog/Instruments/";
    private const string FrameworkFolder = "catalog/Frameworks/";
    private const string ToolkitFolder = "catalog/Toolkits/";
    private const string PlanTemplateFolder = "catalog/PlanTemplates/";
    private const string PlanFormFolder = "catalog/PlanForms/";

    /// <exception cref="InvalidOperationException">A shipped document has faults, or differs from the version that was loaded under its label.</exception>
    public static async Task LoadAsync(PLServiceDbContext db, TimeProvider clock, CancellationToken ct)
    {
        // Two processes may migrate at once; the second waits and finds everything done.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"lock table pls.instrument in share row exclusive mode", ct);
        await new FrameworkCatalog(db, clock).LoadAsync(Files(FrameworkFolder), ct);
        foreach (var (name, content) in Files(InstrumentFolder))
            await LoadAsync(db, name, InstrumentJson.Read(content), clock, ct);
        foreach (var (name, content) in Files(ToolkitFolder))
            await ToolkitCatalog.LoadAsync(db, name, ToolkitJson.Read(content), clock, ct);
        foreach (var (name, content) in Files(PlanTemplateFolder))
            await PlanCatalog.LoadTemplateAsync(db, name, PlanJson.Read<PlanTemplateDocument>(Encoding.UTF8.GetString(content)), clock, ct);
        foreach (var (name, content) in Files(PlanFormFolder))
            await PlanCatalog.LoadFormAsync(db, name, PlanJson.Read<PlanFormDocument>(Encoding.UTF8.GetString(content)), clock, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>What ships in a folder, by name.</summary>
    private static List<(string Name, byte[] Content)> Files(string folder) =>
    [
        .. typeof(CatalogLoader).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => (name, Content(name))),
    ];

    private static byte[] Content(string name)
    {
        using var stream = typeof(CatalogLoader).Assembly.GetManifestResourceStream(name)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static async Task LoadAsync(PLServiceDbContext db, string name, InstrumentDocument document, TimeProvider clock, CancellationToken ct)
    {
        if (InstrumentCheck.Check(document) is [var fault, ..])
            throw new InvalidOperationException($"{name} has a fault at {fault.Pointer}: {fault.Detail}");

        var (instrumentId, versionId) = (StableId("instrument", document.Code), StableId("instrument", $"{document.Code}/{document.Version}"));
        var (now, hash, catalog) = (clock.GetUtcNow(), Convert.FromHexString(InstrumentHash.Of(document)), Guid.Empty);
        var title = JsonSerializer.Serialize(document.Title, InstrumentJson.Options);
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into pls.instrument (tenant_id, id, code, title, created_at, updated_at)
             values ({catalog}, {instrumentId}, {document.Code}, {title}::jsonb, {now}, {now})
             on conflict (tenant_id, id) do update set title = excluded.title
             """, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into pls.instrument_version (tenant_id, id, instrument_id, label, status, document, sha256, published_at, created_at, updated_at)
             values ({catalog}, {versionId}, {instrumentId}, {document.Version}, 'published', {InstrumentJson.Write(document)}::jsonb, {hash}, {now}, {now}, {now})
             on conflict (tenant_id, id) do nothing
             """, ct);
        var stored = await db.InstrumentVersions.Where(v => v.Id == versionId).Select(v => v.Sha256).SingleAsync(ct);
        if (!stored.AsSpan().SequenceEqual(hash))
            throw new InvalidOperationException($"{name} was changed without a new version label: {document.Code} {document.Version} is published and stays as it is.");

        await new StandardReferences(db).ReplaceAsync(InstrumentReferences.ResourceType, versionId, InstrumentReferences.Of(versionId, document), ct);
    }

    /// <summary>The same id on every installation (UUID version 8 from a hash), so that scripts can be shared.</summary>
    internal static Guid StableId(string kind, string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"plservice:catalog:{kind}:{name}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
