using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Plans;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans;

/// <summary>Ways to parts of plans.</summary>
internal static class PlanQueries
{
    /// <summary>The parts of one kind of a plan that the caller reaches, in their order.</summary>
    public static IQueryable<PlanPart> PartsOf(this PLServiceDbContext db, Guid planId, PlanPartKind kind) =>
        db.ReachablePlans().Where(plan => plan.Id == planId)
            .SelectMany(plan => db.PlanParts.Where(part => part.PlanId == plan.Id && part.Kind == kind))
            .OrderBy(part => part.Position).ThenBy(part => part.Id);

    /// <summary>The check-ins of a plan that the caller reaches.</summary>
    public static IQueryable<CheckIn> CheckInsOf(this PLServiceDbContext db, Guid planId) =>
        db.ReachablePlans().Where(plan => plan.Id == planId).SelectMany(plan => db.CheckIns.Where(held => held.PlanId == plan.Id)).AsNoTracking();
}
