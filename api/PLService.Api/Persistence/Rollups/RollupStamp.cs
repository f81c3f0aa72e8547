using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.Tenants;

namespace PLService.Api.Persistence.Rollups;

/// <summary>
/// Gives the roll-ups of a tenant another stamp when what reports tell beside them changes: names and places of organizations, the least group
/// that is shown, standards and their links. It is the last thing before the commit, because whoever closes an assessment changes the same row, and nobody may wait
/// for another lock with this one in hand.
/// </summary>
internal sealed class RollupStamp : ISaveChangesInterceptor, IDbTransactionInterceptor
{
    public ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is PLServiceDbContext db)
        {
            db.ChangesReports |= db.ChangeTracker.Entries().Any(entry =>
                entry.Entity is Organization or Tenant or Framework or Standard or StandardName or StandardAssociation && entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted);
        }

        return new(result);
    }

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is PLServiceDbContext { ChangesReports: true } db)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                 insert into pls.rollup_stamp (tenant_id, value) values ({db.TenantId}, 1)
                 on conflict (tenant_id) do update set value = pls.rollup_stamp.value + 1
                 """,
                cancellationToken);
            db.ChangesReports = false;
        }

        return result;
    }
}
