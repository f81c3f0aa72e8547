using Microsoft.EntityFrameworkCore;

namespace PLService.Api.Persistence;

/// <summary>
/// The tree and its closure table are changed by one transaction at a time in each tenant: two moves that are each right alone could make
/// a cycle together. The lock goes with the transaction.
/// </summary>
internal static class OrganizationTreeLock
{
    /// <summary>For whoever writes organizations or the closure table: waits for other writers, and for who relies on the tree.</summary>
    public static Task LockOrganizationTreeAsync(this PLServiceDbContext db, CancellationToken ct) => LockAsync(db, "pg_advisory_xact_lock", ct);

    /// <summary>For whoever writes what follows from the tree, as roll-ups do: it stays as it is until the transaction ends.</summary>
    public static Task ShareOrganizationTreeAsync(this PLServiceDbContext db, CancellationToken ct) => LockAsync(db, "pg_advisory_xact_lock_shared", ct);

    /// <summary>The exclusive lock as SQL, for work below EF.</summary>
    public static string Statement(Guid tenantId) => Statement("pg_advisory_xact_lock", tenantId);

    private static string Statement(string function, Guid tenantId) => $"select {function}(hashtextextended('organization_tree {tenantId:D}', 0))";

    private static Task<int> LockAsync(PLServiceDbContext db, string function, CancellationToken ct) =>
        db.Database.CurrentTransaction is null
            ? throw new InvalidOperationException("The tree can only be locked within a transaction.")
            : db.Database.ExecuteSqlRawAsync(Statement(function, db.TenantId), ct);
}
