using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>Finds a standard with its framework, to change them.</summary>
internal static class StandardShelf
{
    /// <summary>
    /// The standard with its framework, which is locked: a change of a part is a change of the whole, by whose version packages are known. Both null
    /// when there is none.
    /// </summary>
    public static async Task<(Standard? Standard, Framework? Framework)> LockStandardAsync(this PLServiceDbContext db, Guid id, CancellationToken ct)
    {
        if (await db.StandardNamed(id).Select(s => (Guid?)s.FrameworkId).SingleOrDefaultAsync(ct) is { } framework)
            await db.LockFrameworkAsync(framework, ct);
        var found = await db.StandardNamed(id)
            .Select(s => new { Standard = s, Framework = db.Frameworks.First(f => f.TenantId == s.TenantId && f.Id == s.FrameworkId) })
            .SingleOrDefaultAsync(ct);
        return (found?.Standard, found?.Framework);
    }
}
