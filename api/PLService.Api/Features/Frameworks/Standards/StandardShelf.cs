using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>Finds a standard with its framework, to change them.</summary>
internal static class StandardShelf
{
    /// <summary>The standard with its framework; both null when there is none.</summary>
    public static async Task<(Standard? Standard, Framework? Framework)> FindStandardAsync(this PLServiceDbContext db, Guid id, CancellationToken ct)
    {
        var found = await db.StandardNamed(id)
            .Select(s => new { Standard = s, Framework = db.Frameworks.First(f => f.TenantId == s.TenantId && f.Id == s.FrameworkId) })
            .SingleOrDefaultAsync(ct);
        return (found?.Standard, found?.Framework);
    }

    /// <summary>The same with the framework locked, for changes of its tree.</summary>
    public static async Task<(Standard? Standard, Framework? Framework)> LockStandardAsync(this PLServiceDbContext db, Guid id, CancellationToken ct)
    {
        if (await db.StandardNamed(id).Select(s => (Guid?)s.FrameworkId).SingleOrDefaultAsync(ct) is { } framework)
            await db.LockFrameworkAsync(framework, ct);
        return await db.FindStandardAsync(id, ct);
    }
}
