using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;

namespace PLService.Api.Persistence.Frameworks;

/// <summary>Finds frameworks and standards as addresses name them: the tenant's own before those of the catalog.</summary>
internal static class FrameworkLookup
{
    /// <summary>The framework with this id or code: none or one.</summary>
    public static IQueryable<Framework> FrameworkNamed(this PLServiceDbContext db, string idOrCode)
    {
        var named = IdIn(idOrCode) is { } id ? db.Frameworks.Where(f => f.Id == id) : db.Frameworks.Where(f => f.Code == idOrCode);
        return named.OrderByDescending(f => f.TenantId).Take(1);
    }

    /// <summary>The standard with this id: none or one.</summary>
    public static IQueryable<Standard> StandardNamed(this PLServiceDbContext db, Guid id) =>
        db.Standards.Where(s => s.Id == id).OrderByDescending(s => s.TenantId).Take(1);

    /// <summary>The id in a text that names a framework; null when it is a code.</summary>
    public static Guid? IdIn(string idOrCode) => Guid.TryParseExact(idOrCode, "D", out var id) ? id : null;

    /// <summary>
    /// Locks a framework of the tenant for changes of its tree and its links: two moves that are each right alone could make a circle together.
    /// </summary>
    public static Task LockFrameworkAsync(this PLServiceDbContext db, Guid id, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select 1 from pls.framework where tenant_id = {db.TenantId} and id = {id} for no key update", ct);
}
