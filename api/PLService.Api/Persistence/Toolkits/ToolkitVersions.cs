using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;

namespace PLService.Api.Persistence.Toolkits;

/// <summary>Remembers versions that can no longer change.</summary>
internal sealed class ToolkitVersionCache : IDisposable
{
    private const int MaxVersions = 200;

    public MemoryCache Versions { get; } = new(new MemoryCacheOptions { SizeLimit = MaxVersions });

    public void Dispose() => Versions.Dispose();
}

/// <summary>Finds published and retired toolkit versions, from memory once they were read.</summary>
internal sealed class ToolkitVersions(ToolkitVersionCache cache, PLServiceDbContext db, Caller caller)
{
    /// <summary>The version that runs name.</summary>
    /// <exception cref="InvalidOperationException">There is no such version for this tenant, or it is a draft: no run refers to one.</exception>
    public async Task<ToolkitDocument> GetAsync(Guid toolkitTenantId, Guid versionId, CancellationToken ct)
    {
        // Memory is shared by all tenants, so that the wall has to stand here too.
        if (toolkitTenantId != caller.TenantId && toolkitTenantId != Guid.Empty)
            throw new InvalidOperationException($"Version {versionId} belongs to another tenant.");
        if (cache.Versions.TryGetValue((toolkitTenantId, versionId), out ToolkitDocument? known))
            return known!;

        var json = await db.ToolkitVersions.Where(v => v.TenantId == toolkitTenantId && v.Id == versionId && v.Status != ToolkitVersionStatus.Draft)
            .Select(v => v.Document).SingleOrDefaultAsync(ct) ?? throw new InvalidOperationException($"There is no fixed toolkit version {versionId}.");
        return cache.Versions.Set((toolkitTenantId, versionId), ToolkitJson.Read(json), new MemoryCacheEntryOptions { Size = 1 });
    }
}
