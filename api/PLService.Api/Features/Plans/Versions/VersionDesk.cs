using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Plans;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.Plans.Versions;

/// <summary>Keeps plans as they stand, and finds them again.</summary>
internal sealed class VersionDesk(PLServiceDbContext db, PlanVersions versions)
{
    /// <summary>How many named versions a plan may have.</summary>
    public const int MaxNamed = 200;

    /// <summary>Keeps the plan, whose changes are saved, as it stands.</summary>
    public Task<PlanVersion> KeepAsync(Plan plan, PlanVersionReason reason, string? name, CancellationToken ct) => versions.KeepAsync(plan, reason, name, ct);

    /// <summary>A version of a plan that the caller reaches; null when there is none.</summary>
    public Task<PlanVersion?> FindAsync(Guid planId, int number, CancellationToken ct) =>
        db.ReachablePlans().Where(plan => plan.Id == planId)
            .SelectMany(plan => db.PlanVersions.Where(version => version.PlanId == plan.Id && version.Number == number))
            .AsNoTracking().SingleOrDefaultAsync(ct);
}
