using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PLService.Api.Domain;
using PLService.Api.Domain.Assessments;

namespace PLService.Api.Persistence;

/// <summary>Keeps version and times of every mutable row: +1 per change, guarded by the version that was read.</summary>
internal sealed class Versions(TimeProvider clock) : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        foreach (var entry in eventData.Context!.ChangeTracker.Entries<IVersioned>())
        {
            if (entry.State is EntityState.Added)
                entry.Property(nameof(TenantEntity.CreatedAt)).CurrentValue = now;
            if (entry.State is EntityState.Modified)
                entry.Property(nameof(IVersioned.Version)).CurrentValue = entry.Entity.Version + 1;
            if (entry.State is EntityState.Added or EntityState.Modified && entry.Entity is not Response { HidesTimes: true })
                entry.Property(nameof(TenantEntity.UpdatedAt)).CurrentValue = now;
        }

        return new(result);
    }
}
