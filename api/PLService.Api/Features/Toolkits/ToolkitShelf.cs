using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Toolkits;

/// <summary>Finds toolkits and versions by the codes that addresses name them by.</summary>
internal sealed class ToolkitShelf(PLServiceDbContext db)
{
    /// <summary>The toolkit with this code: the tenant's own before one of the catalog.</summary>
    public IQueryable<Toolkit> ByCode(string code) => db.Toolkits.Where(i => i.Code == code).OrderByDescending(i => i.TenantId).Take(1);

    /// <summary>The version with this label, of the toolkit with this code.</summary>
    public Task<ToolkitVersion?> FindVersionAsync(string code, string label, CancellationToken ct) =>
        (from toolkit in ByCode(code)
         from version in db.ToolkitVersions
         where version.TenantId == toolkit.TenantId && version.ToolkitId == toolkit.Id && version.Label == label
         select version).SingleOrDefaultAsync(ct);

    /// <summary>What a change of a catalog version is refused with; null for a version of the tenant's own.</summary>
    public static DomainError? Refuses(ToolkitVersion version) => version.TenantId == Guid.Empty ? ToolkitErrors.IsCatalog : null;

    /// <summary>A document as it is stored: JSON and the hash of its canonical form.</summary>
    public static (string Json, byte[] Sha256) Pack(ToolkitDocument document) =>
        (ToolkitJson.Write(document), Convert.FromHexString(DocumentHash.Of(document)));

    /// <summary>The title of a toolkit as it is stored.</summary>
    public static string TitleOf(ToolkitDocument document) => JsonSerializer.Serialize(document.Title, ToolkitJson.Options);
}
