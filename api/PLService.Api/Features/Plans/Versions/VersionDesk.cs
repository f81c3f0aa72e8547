using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.Plans.Versions;

/// <summary>Keeps plans as they stand, and finds them again.</summary>
internal sealed class VersionDesk(PLServiceDbContext db, PlanDocuments documents, Caller caller, AuditTrail audit, TimeProvider clock)
{
    /// <summary>How many named versions a plan may have.</summary>
    public const int MaxNamed = 200;

    /// <summary>Keeps the plan, whose changes are saved, as it stands. The plan is locked, so that numbers follow one another.</summary>
    public async Task<PlanVersion> KeepAsync(Plan plan, PlanVersionReason reason, string? name, CancellationToken ct)
    {
        var last = await db.PlanVersions.Where(version => version.PlanId == plan.Id).MaxAsync(version => (int?)version.Number, ct) ?? 0;
        var kept = new PlanVersion
        {
            PlanId = plan.Id,
            Number = last + 1,
            Reason = reason,
            Name = name,
            Shows = plan.Version,
            Status = plan.Status,
            Document = PlanJson.Write(await documents.ReadAsync(plan, ct)),
            PersonId = caller.PersonId,
            ApiClientId = caller.ApiClientId,
            At = clock.GetUtcNow(),
        };
        db.Add(kept);
        audit.Record("plan.kept", plan.Id, plan.OrganizationId, new { kept.Number, reason = EnumText.Of(reason) });
        await db.SaveChangesAsync(ct);
        return kept;
    }

    /// <summary>A version of a plan that the caller reaches; null when there is none.</summary>
    public Task<PlanVersion?> FindAsync(Guid planId, int number, CancellationToken ct) =>
        db.ReachablePlans().Where(plan => plan.Id == planId)
            .SelectMany(plan => db.PlanVersions.Where(version => version.PlanId == plan.Id && version.Number == number))
            .AsNoTracking().SingleOrDefaultAsync(ct);
}
