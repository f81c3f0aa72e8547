using Microsoft.EntityFrameworkCore;

namespace PLService.Api.Persistence.Organizations;

/// <summary>
/// The tree and its closure table are changed by one transaction at a time in each tenant: two moves that are each right alone could make
/// a cycle together, and a child that is added during a move would miss its new ancestors. The lock goes with the transaction.
/// </summary>
internal static class OrganizationTreeLock
{
    /// <summary>For whoever adds, moves or deletes organizations; take it before reading what the change depends on.</summary>
    public static Task LockOrganizationTreeAsync(this PLServiceDbContext db, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is null)
            throw new InvalidOperationException("The tree can only be locked within a transaction.");
        db.ChangesReports = true;
        return db.Database.ExecuteSqlRawAsync(Statement(db.TenantId), ct);
    }

    /// <summary>The same lock as SQL, for work below EF.</summary>
    public static string Statement(Guid tenantId) => $"select pg_advisory_xact_lock(hashtextextended('pls.organization_tree {tenantId:D}', 0))";
}
